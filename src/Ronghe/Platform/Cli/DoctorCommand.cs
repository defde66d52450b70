using Ronghe.Platform.Hosting;

namespace Ronghe.Platform.Cli;

/// <summary>Looks at everything the product needs on this machine and says in words what is missing and what to do.</summary>
sealed class DoctorCommand() : CliCommand("doctor", "检查运行条件，给出处理建议")
{
    public override async Task<int> RunAsync(CliCall call)
    {
        List<Checkup> checkups =
        [
            MachineCheckups.Version(),
            MachineCheckups.Language(),
            MachineCheckups.DataFolder(call.DataFolder),
            MachineCheckups.DiskSpace(call.DataFolder),
            await MachineCheckups.PhotosAsync(call.Cancel),
            .. await DatabaseCheckups.AllAsync(call.Product, call.DataFolder, call.Cancel),
        ];
        foreach (var checkup in checkups) call.Output.Line(checkup.ToString());
        var isWell = checkups.All(checkup => checkup.Verdict != Verdict.Bad);
        call.Output.Say(isWell ? "可以运行。" : "有问题需要先处理，见上。");
        call.Output.Answer(new
        {
            ok = isWell,
            version = Deployment.Version,
            checks = checkups.Select(c => new { c.Name, verdict = c.Verdict.ToString().ToLowerInvariant(), c.Found, c.Advice }),
        });
        return isWell ? CliExit.Ok : CliExit.Refused;
    }
}

enum Verdict
{
    Good,
    /// <summary>Runs, with something missing.</summary>
    Poor,
    Bad,
}

/// <summary>One thing looked at: what was found, and what to do unless it is good.</summary>
sealed record Checkup(string Name, Verdict Verdict, string Found, string? Advice = null)
{
    public override string ToString() =>
        $"{Verdict switch { Verdict.Good => "正常", Verdict.Poor => "注意", _ => "异常" }}  {Name}：{Found}{(Advice is null ? "" : $"。{Advice}")}";
}
