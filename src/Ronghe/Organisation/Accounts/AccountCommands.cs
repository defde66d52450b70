using System.CommandLine;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Appointments;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Cli;
using Ronghe.Platform.Security;

namespace Ronghe.Organisation.Accounts;

/// <summary>A command of the operator about one person's account, done as the system itself.</summary>
public abstract class AccountCommand(string path, string description) : CliCommand(path, description)
{
    readonly Option<string> _number = new("--number") { Description = "工号", HelpName = "工号", Required = true };

    public sealed override IReadOnlyList<Symbol> Symbols => [_number, .. MoreSymbols];

    protected virtual IReadOnlyList<Symbol> MoreSymbols => [];

    public sealed override async Task<int> RunAsync(CliCall call)
    {
        await using var product = await call.OpenAsync();
        await using var scope = product.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentMe>().Become(Me.System);
        var account = await scope.ServiceProvider.GetRequiredService<AccountQueries>().FindByNumberAsync(Passwords.Tidy(call.Get(_number) ?? ""), call.Cancel);
        await ActAsync(call, scope.ServiceProvider, account);
        return CliExit.Ok;
    }

    protected abstract Task ActAsync(CliCall call, IServiceProvider services, AccountRow account);
}

/// <summary>Opens an account, or sets the password of one; the first administrators of a new plant come to be this way.</summary>
public sealed class UserAddCommand() : AccountCommand("user add", "给已在花名册中的人开通账号；已有账号则重设密码")
{
    static readonly Dictionary<string, string> Administrators = new()
    {
        ["system"] = Posts.SystemAdministrator, ["security"] = Posts.SecurityAdministrator, ["audit"] = Posts.AuditAdministrator,
    };

    readonly Option<string?> _password = new("--password") { Description = "写 - 表示从标准输入读取密码；不写则生成初始密码", HelpName = "-" };
    readonly Option<string?> _administrator = new("--administrator") { Description = "同时任职为三员之一", HelpName = "system|security|audit" };

    protected override IReadOnlyList<Symbol> MoreSymbols => [_password, _administrator];

    protected override async Task ActAsync(CliCall call, IServiceProvider services, AccountRow account)
    {
        var post = call.Get(_administrator) is { } word
            ? Administrators.GetValueOrDefault(word) ?? throw new Refusal("--administrator 只能是 system、security 或 audit，没有做任何改动。")
            : null;
        var password = await PasswordAsync(call);
        if (password is not null && PasswordPolicy.Complaint(password, account.Number, services.GetRequiredService<SignInPolicy>()) is { } complaint) throw new Refusal(complaint + "没有做任何改动。");
        if (post is not null) await AppointAsync(services, account, post, call.Cancel);
        var actions = services.GetRequiredService<AccountActions>();
        var made = account.AccountId is null
            ? await actions.OpenAsync(account.PersonId, password, call.Cancel)
            : await actions.ResetPasswordAsync(account.PersonId, password, call.Cancel);
        var initial = password is null ? made.Password : null;
        call.Output.Line($"{made.Name}（{made.Number}）{(account.AccountId is null ? "已开通账号" : "已重设密码")}。");
        if (initial is not null) call.Output.Line($"初始密码：{initial}（{made.Until.ToPlant():yyyy-MM-dd HH:mm} 前有效，首次登录必须修改）");
        call.Output.Answer(new { ok = true, made.Number, made.Name, accountId = made.AccountId, initialPassword = initial, administrator = post });
    }

    /// <summary>Never as an argument: other users of the machine could read it in the list of processes.</summary>
    async Task<string?> PasswordAsync(CliCall call) => call.Get(_password) switch
    {
        null => null,
        "-" => await Console.In.ReadLineAsync(call.Cancel) ?? throw new Refusal("标准输入里没有密码，没有做任何改动。"),
        _ => throw new Refusal("密码不能写在命令行里（别人能从进程列表看到），没有做任何改动。请写 --password - 并从标准输入给出。"),
    };

    static Task AppointAsync(IServiceProvider services, AccountRow account, string post, CancellationToken cancel) =>
        services.GetRequiredService<AppointmentActions>().AppointAsync(
            new NewAppointment(account.PersonId, account.CompanyId, post, services.GetRequiredService<TimeProvider>().Today()), cancel);
}

/// <summary>The way back from <c>user add --administrator</c>: afterwards the account is like any other.</summary>
public sealed class UserDismissCommand() : AccountCommand("user dismiss", "免去三员职务；账号保留，之后由安全保密管理员管理")
{
    protected override async Task ActAsync(CliCall call, IServiceProvider services, AccountRow account)
    {
        var today = services.GetRequiredService<TimeProvider>().Today();
        var titles = await services.GetRequiredService<AppointmentActions>().DismissAsync(account.PersonId, today, call.Cancel);
        if (titles.Count == 0) throw new Refusal($"{account.Name}（{account.Number}）不是三员，没有做任何改动。");
        call.Output.Line($"{account.Name}（{account.Number}）不再担任{string.Join('、', titles)}。当天任的职务到今天结束时失效。");
        call.Output.Answer(new { ok = true, account.Number, account.Name, dismissed = titles });
    }
}

public sealed class UserUnlockCommand() : AccountCommand("user unlock", "解除登录限制")
{
    protected override async Task ActAsync(CliCall call, IServiceProvider services, AccountRow account)
    {
        await services.GetRequiredService<AccountActions>().UnlockAsync(account.PersonId, call.Cancel);
        call.Output.Line($"{account.Name}（{account.Number}）的登录限制已解除。");
        call.Output.Answer(new { ok = true, account.Number, account.Name });
    }
}

public sealed class UserResetSecondFactorCommand() : AccountCommand("user reset-second-factor", "重置两步验证：手机和恢复码都没有了的人，从现在起只凭密码登录")
{
    protected override async Task ActAsync(CliCall call, IServiceProvider services, AccountRow account)
    {
        await services.GetRequiredService<AccountActions>().ResetSecondFactorAsync(account.PersonId, call.Cancel);
        call.Output.Line($"{account.Name}（{account.Number}）的两步验证已重置，所有设备已退出登录。本人下次登录时会被告知。");
        call.Output.Answer(new { ok = true, account.Number, account.Name });
    }
}

public sealed class UserTokenCommand() : AccountCommand("user token", "生成访问令牌，只显示一次")
{
    readonly Option<string> _title = new("--title") { Description = "给哪个程序用", HelpName = "名字", Required = true };
    readonly Option<int> _days = new("--days") { Description = "有效天数，1 到 365", HelpName = "天数", DefaultValueFactory = _ => 90 };

    protected override IReadOnlyList<Symbol> MoreSymbols => [_title, _days];

    protected override async Task ActAsync(CliCall call, IServiceProvider services, AccountRow account)
    {
        var token = await services.GetRequiredService<AccountActions>().MakeTokenAsync(account.PersonId, call.Get(_title) ?? "", call.Get(_days), call.Cancel);
        call.Output.Line(token);
        call.Output.Answer(new { ok = true, account.Number, token, days = call.Get(_days) });
    }
}
