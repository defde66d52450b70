using Ronghe.Platform.Cli;

namespace Ronghe.Organisation.Counts;

/// <summary><c>ronghe verify-counters</c>: every kept count against counting anew.</summary>
public sealed class VerifyCountersCommand() : CliCommand("verify-counters", "核对各单位的数量：逐项与重新清点的结果比较")
{
    public override async Task<int> RunAsync(CliCall call)
    {
        await using var open = await call.OpenAsync();
        await using var scope = open.Services.CreateAsyncScope();
        var verdict = await scope.ServiceProvider.GetRequiredService<CountCheck>().RunAsync(call.Cancel);
        foreach (var wrong in verdict.First)
            call.Output.Line($"不符  {wrong.UnitId}  {wrong.Name}{(wrong.Day == DateOnly.MinValue ? "" : $"  {wrong.Day:yyyy-MM-dd}")}：记为 {wrong.Kept}，清点为 {wrong.Recounted}");
        call.Output.Line(verdict.Wrong == 0 ? $"共核对 {verdict.Compared} 项，全部相符。" : $"共核对 {verdict.Compared} 项，{verdict.Wrong} 项不符，上面列出前 {verdict.First.Count} 项。请保留现场并联系实施人员。");
        call.Output.Answer(new { ok = verdict.Wrong == 0, verdict.Compared, verdict.Wrong, verdict.First });
        return verdict.Wrong == 0 ? CliExit.Ok : CliExit.Refused;
    }
}
