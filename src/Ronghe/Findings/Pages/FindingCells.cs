using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Parts;

namespace Ronghe.Findings.Pages;

/// <summary>Cells that several lists of findings share.</summary>
static class FindingCells
{
    public static void Grade(Cell cell, FindingRow row)
    {
        if (row.Grade is FindingGrade.Major) cell.Alert("重大");
        else if (row.Grade is { } grade) cell.Text(grade.Title());
        else cell.Muted("未定级");
        if (row is { IsUrgent: true, Status: FindingStatus.Reported }) cell.Second("马上有危险", "urgent");
        if (row.IsSupervised) cell.Second("挂牌督办", "pin");
    }

    public static void What(Cell cell, FindingRow row, string? query) =>
        cell.Title(row.Description, $"/findings/{row.Id}", query).Second(row.PlaceText, "map-pin", query);

    /// <summary>The word of a link, as it reads from this finding.</summary>
    public static string Relation(RelatedLine other) => (other.Relation, other.FromHere) switch
    {
        ("duplicate-of", true) => "已并入这一条",
        ("duplicate-of", false) => "重复，已并到本条",
        _ => "相关",
    };

    /// <summary>Before assignment the unit that looks after the place stands for the person.</summary>
    public static void Rectifier(Cell cell, FindingRow row)
    {
        if (row.RectifierName is { } name) cell.Text(name).Second(row.UnitName);
        else cell.Muted(row.UnitName);
    }

    public static void Due(Cell cell, FindingRow row, DateOnly today)
    {
        if (row.Status == FindingStatus.Assigned && row.DueOn < today) cell.Alert(row.DueOn.Value.Say(today.Year));
        else cell.Day(row.DueOn);
    }
}
