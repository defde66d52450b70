using Microsoft.AspNetCore.Http.HttpResults;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Data;
using Ronghe.Platform.Security;

namespace Ronghe.Organisation.Accounts;

/// <summary>Accounts for programs: who I am, and what the security administrator does.</summary>
public static class AccountApi
{
    public static void MapAccountApi(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/me", Who).WithTags("账号").WithSummary("我是谁：姓名、单位、权限及其到达的单位").Requires(PlatformPermissions.Use);
        var accounts = routes.MapGroup("/api/v1/accounts").WithTags("账号").Requires(AccountPermissions.Manage);
        accounts.MapGet("/", ListAsync).WithSummary("本范围的人员及其账号，按工号，用 after 翻页");
        accounts.MapGet("/{personId:guid}", FindAsync).WithSummary("一个人的账号");
        accounts.MapPost("/{personId:guid}", OpenAsync).WithSummary("开通账号；初始密码只在这次应答中给出").StepUp();
        accounts.MapPost("/{personId:guid}/initial-password", ResetAsync).WithSummary("重置为新的初始密码，所有设备退出登录").StepUp();
        accounts.MapDelete("/{personId:guid}/failures", UnlockAsync).WithSummary("解除登录限制");
        accounts.MapDelete("/{personId:guid}/second-factor", ResetSecondFactorAsync).WithSummary("重置两步验证：从现在起只凭密码登录，所有设备退出登录，本人下次登录时会被告知").StepUp();
        accounts.MapPut("/{personId:guid}/disablement", DisableAsync).WithSummary("停用，所有设备退出登录").StepUp();
        accounts.MapDelete("/{personId:guid}/disablement", EnableAsync).WithSummary("恢复使用").StepUp();
    }

    static Ok<WhoAnswer> Who(Me me) => TypedResults.Ok(new WhoAnswer(me.Id, me.Name, me.UnitId, me.UnitName, me.PostTitle, me.Reach));

    static async Task<Ok<Paged<AccountRow>>> ListAsync(string? q, AccountState? state, string? after, AccountQueries accounts, CancellationToken cancel) =>
        TypedResults.Ok(await accounts.ListAsync(new(q, state, after), cancel));

    static async Task<Ok<AccountRow>> FindAsync(Guid personId, AccountQueries accounts, CancellationToken cancel) =>
        TypedResults.Ok(await accounts.FindAsync(personId, cancel));

    static async Task<Created<HandedOutPassword>> OpenAsync(Guid personId, AccountActions actions, CancellationToken cancel) =>
        TypedResults.Created($"/api/v1/accounts/{personId}", await actions.OpenAsync(personId, cancel: cancel));

    static async Task<Ok<HandedOutPassword>> ResetAsync(Guid personId, AccountActions actions, CancellationToken cancel) =>
        TypedResults.Ok(await actions.ResetPasswordAsync(personId, cancel: cancel));

    static async Task<NoContent> UnlockAsync(Guid personId, AccountActions actions, CancellationToken cancel)
    {
        await actions.UnlockAsync(personId, cancel);
        return TypedResults.NoContent();
    }

    static async Task<NoContent> ResetSecondFactorAsync(Guid personId, AccountActions actions, CancellationToken cancel)
    {
        await actions.ResetSecondFactorAsync(personId, cancel);
        return TypedResults.NoContent();
    }

    static async Task<NoContent> DisableAsync(Guid personId, AccountActions actions, CancellationToken cancel)
    {
        await actions.DisableAsync(personId, cancel);
        return TypedResults.NoContent();
    }

    static async Task<NoContent> EnableAsync(Guid personId, AccountActions actions, CancellationToken cancel)
    {
        await actions.EnableAsync(personId, cancel);
        return TypedResults.NoContent();
    }
}

/// <param name="Rights">For each right the topmost units that it reaches.</param>
public sealed record WhoAnswer(Guid Id, string Name, Guid UnitId, string UnitName, string PostTitle, IReadOnlyDictionary<string, Guid[]> Rights);
