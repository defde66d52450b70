using Ronghe.Platform.Calendar;

namespace Ronghe.Findings.Ledgers;

/// <summary>
/// Lives a row of a ledger again through the finding's own verbs, with the days of the ledger and the time of the import as time of
/// entry. The ledger knows days only: the steps of one day stand a second apart from midnight on.
/// </summary>
sealed class LedgerHistory
{
    /// <summary>How facts without a field of their own are written down, so that an export finds them again.</summary>
    public const string NotStated = "（台账未载明）", Done = "台账载明已整改", RemarkLead = "。备注：", OthersLead = "共同责任人：", CategoryLead = "台账类别：",
        OtherLead = "其他：", MergedLead = "并入 ";

    readonly LedgerEntry _entry;
    readonly Finding _finding;
    readonly DateTimeOffset _enteredAt;
    int _seconds;

    LedgerHistory(LedgerEntry entry, Guid id, Guid companyId, string number, DateTimeOffset enteredAt)
    {
        (_entry, _enteredAt) = (entry, enteredAt);
        _finding = Finding.Report(id, companyId, number, Report(entry), On(entry.Found));
    }

    /// <exception cref="Platform.Refusal">The rules of the finding do not allow such a course.</exception>
    public static Finding Live(LedgerEntry entry, Guid id, Guid companyId, string number, DateTimeOffset enteredAt)
    {
        var history = new LedgerHistory(entry, id, companyId, number, enteredAt);
        history.Grade();
        if (entry.Status == FindingStatus.Rejected) history.Step(f => f.Reject(entry.Remark == "" ? "台账载明不予受理" : entry.Remark, by: null, history.On(entry.Found)));
        else if (entry.Rectifier is { } rectifier && entry.Status != FindingStatus.Reported) history.TakeCareOf(rectifier);
        return history._finding;
    }

    /// <summary>Once both are there.</summary>
    public static void Merge(Finding finding, Finding into, LedgerEntry entry, DateTimeOffset enteredAt)
    {
        finding.MergeInto(into, "", by: null, new(entry.Found.At(TimeOnly.MinValue).AddSeconds(finding.Steps.Count), enteredAt));
        finding.Version++;
    }

    void Grade()
    {
        if (_entry.Grade is { } grade) Step(f => f.GradeAs(grade, _entry.Category.Id, Basis(), by: null, On(_entry.Found)));
    }

    void TakeCareOf(Namesake rectifier)
    {
        if (_entry.Grade is null) Step(f => f.GradeAs(FindingGrade.General, _entry.Category.Id, Basis(), by: null, On(_entry.Found)));
        Step(f => f.Assign(Points(rectifier), _entry.Verifier?.Id, by: null, On(_entry.Found), today: _entry.Found));
        if (_entry.Status is FindingStatus.Assigned or FindingStatus.Merged) return;
        var done = _entry.Done ?? _entry.Verified ?? _entry.Found;
        Step(f => f.Rectify(Joined(_entry.Result != "" ? _entry.Result : _entry.Measure != "" ? _entry.Measure : Done, _entry.Remark), rectifier.Id, On(done)));
        if (_entry.Status == FindingStatus.Rectified) return;
        var verified = _entry.Verified ?? done;
        Step(f => f.Verify("", _entry.Verifier?.Id, On(verified)));
        if (_entry.Status == FindingStatus.Closed) Step(f => f.Close("", _entry.Verifier?.Id, On(verified)));
    }

    static FindingReport Report(LedgerEntry entry) => new(entry.Description, entry.Place.Id, entry.Place.Text, entry.Unit.Id)
    {
        Source = entry.Source, CategoryId = entry.Category.Id, FoundAt = entry.Found.At(TimeOnly.MinValue),
        ReporterId = entry.Finders is [var first, ..] ? first.Id : null, ReporterUnitId = entry.Finders is [var one, ..] ? one.UnitId : null,
        CoReporterIds = [.. entry.Finders.Skip(1).Select(finder => finder.Id)],
    };

    string Basis() => Joined(
        _entry.Grade == FindingGrade.Major ? "台账载明为重大隐患" : "", _entry.Category is { Id: null, Word: { Length: > 0 } } ? CategoryLead + _entry.Category.Word : "");

    /// <summary>What an open row remarks belongs to how it is being put right; a finished row's remark goes with the step.</summary>
    FivePoints Points(Namesake rectifier) => new(
        rectifier.Id, _entry.Due ?? _entry.Done ?? _entry.Found, _entry.Unit.Id,
        Joined(_entry.Unit.Name, _entry.OtherRectifiers == "" ? "" : OthersLead + _entry.OtherRectifiers), NotStated,
        (_entry.Measure == "" ? NotStated : _entry.Measure) + (_entry.Status == FindingStatus.Assigned && _entry.Remark != "" ? RemarkLead + _entry.Remark : ""));

    static string Joined(string text, string more) => more == "" ? text : text == "" ? more : $"{text}。{more}";

    Moment On(DateOnly day) => new(day.At(TimeOnly.MinValue).AddSeconds(_seconds++), _enteredAt);

    /// <summary>Each step is a change of its own, as if it had been saved.</summary>
    void Step(Action<Finding> act)
    {
        act(_finding);
        _finding.Version++;
    }
}
