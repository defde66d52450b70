using Ronghe.Platform.Calendar;
using Ronghe.Platform.Spreadsheets;

namespace Ronghe.Findings.Ledgers;

/// <summary>The plant's ledger as a sheet. What it writes, <see cref="LedgerReading"/> reads back with the same meaning.</summary>
static class LedgerSheet
{
    public const string Title = "隐患排查治理台账", Name = "隐患台账";

    public static readonly SheetColumn[] Columns =
    [
        new("编号", SheetColumnKind.Code) { Width = 15 }, new("排查日期", SheetColumnKind.Date), new("排查类型"), new("隐患地点") { Width = 22 }, new("设备") { Width = 20 },
        new("隐患描述", SheetColumnKind.LongText), new("隐患类别"), new("等级") { Width = 8 }, new("发现人") { Width = 20 }, new("责任部门"), new("整改责任人") { Width = 20 },
        new("整改措施", SheetColumnKind.LongText), new("整改期限", SheetColumnKind.Date), new("完成日期", SheetColumnKind.Date), new("复查人") { Width = 18 },
        new("复查日期", SheetColumnKind.Date), new("状态") { Width = 12 }, new("备注") { Width = 24 }, new("整改结果", SheetColumnKind.LongText),
    ];

    /// <param name="row">Where the cells go.</param>
    /// <param name="f">The finding.</param>
    /// <param name="unit">Name of the responsible unit.</param>
    /// <param name="today">Decides what is overdue.</param>
    public static void Write(RowWriter row, LedgerRow f, string unit, DateOnly today)
    {
        var (location, equipment) = PlaceOf(f);
        var (measure, remark, result) = TextsOf(f);
        row.Text(f.Number).Date(f.FoundAt.PlantDate()).Text(f.Source.Title()).Text(location).Text(equipment).Text(f.Description).Text(CategoryOf(f)).Text(f.Grade?.Title())
            .Text(f.Finders).Text(unit).Text(RectifiersOf(f)).Text(measure).Date(f.DueOn).Date(f.RectifiedAt?.PlantDate()).Text(f.Checker)
            .Date(f.VerifiedAt?.PlantDate()).Text(f.StatusOn(today)).Text(RemarksOf(f, remark)).Text(result);
    }

    /// <summary>The area and the equipment in it: a known place is 锅炉房 · #1炉给煤机, with the ledger's own word for a part of it in brackets.</summary>
    static (string Location, string Equipment) PlaceOf(LedgerRow f)
    {
        if (f.PlaceName is not { } name) return (LedgerHistory.OtherLead + f.PlaceText, "");
        if (f.PlaceText.StartsWith(name + "（", StringComparison.Ordinal) && f.PlaceText.EndsWith('）')) return (name, f.PlaceText[(name.Length + 1)..^1]);
        return name.Split(" · ", 2) is [var area, var equipment] ? (area, equipment) : (name, "");
    }

    static string? CategoryOf(LedgerRow f) =>
        f.Category ?? (f.GradeBasis.LastIndexOf(LedgerHistory.CategoryLead, StringComparison.Ordinal) is >= 0 and var at
            ? LedgerHistory.OtherLead + f.GradeBasis[(at + LedgerHistory.CategoryLead.Length)..] : null);

    static string? RectifiersOf(LedgerRow f) =>
        f.Rectifier is { } first && f.Duty.LastIndexOf(LedgerHistory.OthersLead, StringComparison.Ordinal) is >= 0 and var at
            ? $"{first}、{f.Duty[(at + LedgerHistory.OthersLead.Length)..]}" : f.Rectifier;

    /// <summary>What was to be done, what the ledger remarked on it, and what was done where that is told in other words.</summary>
    static (string Measure, string Remark, string Result) TextsOf(LedgerRow f)
    {
        var (measure, remark) = f.Measure.LastIndexOf(LedgerHistory.RemarkLead, StringComparison.Ordinal) is >= 0 and var at
            ? (f.Measure[..at], f.Measure[(at + LedgerHistory.RemarkLead.Length)..]) : (f.Measure, "");
        if (measure == LedgerHistory.NotStated) measure = "";
        if (f.RectifiedAt is null || f.RectifyNote is not { } note) return (measure, remark, "");
        var plain = measure == "" ? LedgerHistory.Done : measure;
        if (note == plain) return (measure, remark, "");
        return note.StartsWith(plain + "。", StringComparison.Ordinal) ? (measure, note[(plain.Length + 1)..], "") : (measure, remark, note);
    }

    static string RemarksOf(LedgerRow f, string remark) => string.Join("；", new[]
    {
        f.MergedInto is null ? "" : LedgerHistory.MergedLead + f.MergedInto, f.RejectReason ?? "", remark,
        f.Extensions == 0 ? "" : $"延期 {f.Extensions} 次", f.IsSupervised ? "挂牌督办" : "",
    }.Where(text => text != ""));
}
