using Ronghe.Platform.Calendar;

namespace Ronghe.Findings.Ledgers;

/// <summary>
/// Lives a row of a ledger again through the finding's own verbs, with the days of the ledger and the time of the import as time of
/// entry. The ledger knows days only: the steps of one day stand a second apart from midnight on.
/// </summary>
static class LedgerHistory
{
    public const string NotStated = "（台账未载明）";

    /// <exception cref="Platform.Refusal">The rules of the finding do not allow such a course.</exception>
    public static Finding Live(LedgerEntry entry, Guid id, Guid companyId, string number, DateTimeOffset enteredAt)
    {
        var seconds = 0;
        Moment On(DateOnly day) => new(day.At(TimeOnly.MinValue).AddSeconds(seconds++), enteredAt);

        var finding = Finding.Report(id, companyId, number, Report(entry), On(entry.Found));
        Step(finding, f => f.GradeAs(entry.Grade, entry.Category.Id, Basis(entry), by: null, On(entry.Found)));
        if (entry.Rectifier is not { } rectifier) return finding;
        Step(finding, f => f.Assign(Points(entry, rectifier), entry.Verifier?.Id, by: null, On(entry.Found), today: entry.Found));
        if (entry.Status == FindingStatus.Assigned) return finding;
        var done = entry.Done ?? entry.Verified ?? entry.Found;
        Step(finding, f => f.Rectify(Joined(entry.Measure == "" ? "台账载明已整改" : entry.Measure, entry.Remark), rectifier.Id, On(done)));
        if (entry.Status == FindingStatus.Rectified) return finding;
        var verified = entry.Verified ?? done;
        Step(finding, f => f.Verify("", entry.Verifier?.Id, On(verified)));
        Step(finding, f => f.Close("", entry.Verifier?.Id, On(verified)));
        return finding;
    }

    static FindingReport Report(LedgerEntry entry) => new(entry.Description, entry.Place.Id, entry.Place.Text, entry.Unit.Id)
    {
        Source = entry.Source, CategoryId = entry.Category.Id, FoundAt = entry.Found.At(TimeOnly.MinValue),
        ReporterId = entry.Finders is [var first, ..] ? first.Id : null, ReporterUnitId = entry.Finders is [var one, ..] ? one.UnitId : null,
        CoReporterIds = [.. entry.Finders.Skip(1).Select(finder => finder.Id)],
    };

    static string Basis(LedgerEntry entry) => Joined(
        entry.Grade == FindingGrade.Major ? "台账载明为重大隐患" : "", entry.Category.Id is null && entry.Category.Word != "" ? $"台账类别：{entry.Category.Word}" : "");

    /// <summary>What an open row remarks belongs to how it is being put right; a finished row's remark goes with the step.</summary>
    static FivePoints Points(LedgerEntry entry, Namesake rectifier) => new(
        rectifier.Id, entry.Due ?? entry.Done ?? entry.Found, entry.Unit.Id,
        Joined(entry.Unit.Name, entry.OtherRectifiers == "" ? "" : $"共同责任人：{entry.OtherRectifiers}"), NotStated,
        Joined(entry.Measure == "" ? NotStated : entry.Measure, entry.Status == FindingStatus.Assigned ? entry.Remark : "", "备注："));

    static string Joined(string text, string more, string lead = "") => more == "" ? text : text == "" ? lead + more : $"{text}。{lead}{more}";

    /// <summary>Each step is a change of its own, as if it had been saved.</summary>
    static void Step(Finding finding, Action<Finding> act)
    {
        act(finding);
        finding.Version++;
    }
}
