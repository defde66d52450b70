using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Ronghe.Platform.Security;

namespace Ronghe.Platform.Jobs;

/// <summary>Jobs for programs, such as the plant's own monitoring.</summary>
public static class JobApi
{
    public static void MapJobApi(this IEndpointRouteBuilder routes)
    {
        var all = routes.MapGroup("/api/v1/jobs").WithTags("定时任务").Requires(JobPermissions.Manage);
        all.MapGet("/", ListAsync).WithSummary("全部定时任务：什么时候跑、上次结果、下次时间");
        all.MapGet("/{name}/runs", RunsAsync).WithSummary("一项任务最近的运行，新的在前");
        all.MapPost("/{name}/run", RunAsync).WithSummary("立即运行一次；正在运行或已排上时拒绝");
        all.MapPut("/{name}/pause", PauseAsync).WithSummary("暂停，到点不再自动运行");
        all.MapDelete("/{name}/pause", ResumeAsync).WithSummary("恢复；暂停期间错过的补跑一次");
    }

    static async Task<Ok<IReadOnlyList<JobRow>>> ListAsync(JobQueries jobs, CancellationToken cancel) => TypedResults.Ok(await jobs.ListAsync(cancel));

    static async Task<Ok<IReadOnlyList<JobRunRow>>> RunsAsync(string name, JobQueries jobs, CancellationToken cancel)
    {
        _ = await jobs.FindAsync(name, cancel);
        return TypedResults.Ok(await jobs.RunsAsync(name, cancel));
    }

    static async Task<Accepted<AskedRun>> RunAsync(string name, JobActions jobs, HttpContext http, CancellationToken cancel) =>
        TypedResults.Accepted($"/api/v1/jobs/{name}/runs", new AskedRun(await jobs.RunNowAsync(name, By(http), cancel)));

    static async Task<NoContent> PauseAsync(string name, JobActions jobs, HttpContext http, CancellationToken cancel)
    {
        await jobs.PauseAsync(name, By(http), cancel);
        return TypedResults.NoContent();
    }

    static async Task<NoContent> ResumeAsync(string name, JobActions jobs, HttpContext http, CancellationToken cancel)
    {
        await jobs.ResumeAsync(name, By(http), cancel);
        return TypedResults.NoContent();
    }

    static Actor By(HttpContext http) => http.Features.GetRequiredFeature<Actor>();
}

/// <param name="Id">Id of the run to come, as it will stand among the runs.</param>
public sealed record AskedRun(Guid Id);
