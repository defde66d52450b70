using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Platform.Jobs.Pages;

/// <summary>One job with its latest runs, and what an administrator can do to it.</summary>
[Requires(JobPermissions.Manage)]
public sealed class JobModel(JobQueries jobs, JobActions actions) : RonghePage
{
    [BindProperty(SupportsGet = true)] public string Name { get; set; } = "";

    public JobRow Row { get; private set; } = null!;
    public IReadOnlyList<JobRunRow> Runs { get; private set; } = [];
    Actor By => HttpContext.Features.GetRequiredFeature<Actor>();

    public override async Task<IActionResult> ShowAsync()
    {
        Row = await jobs.FindAsync(Name, HttpContext.RequestAborted);
        Runs = await jobs.RunsAsync(Name, HttpContext.RequestAborted);
        return Page();
    }

    public async Task<IActionResult> OnPostRunAsync(CancellationToken cancel)
    {
        await actions.RunNowAsync(Name, By, cancel);
        return RedirectWithMessage("已排上，马上就跑。过几秒刷新看结果。");
    }

    public async Task<IActionResult> OnPostPauseAsync(CancellationToken cancel)
    {
        await actions.PauseAsync(Name, By, cancel);
        return RedirectWithMessage("已暂停，到点不再自动运行。");
    }

    public async Task<IActionResult> OnPostResumeAsync(CancellationToken cancel)
    {
        await actions.ResumeAsync(Name, By, cancel);
        return RedirectWithMessage("已恢复；暂停期间错过的会补跑一次。");
    }
}
