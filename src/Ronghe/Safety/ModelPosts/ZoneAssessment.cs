using Ronghe.Platform;
using Ronghe.Platform.Data;

namespace Ronghe.Safety.ModelPosts;

/// <summary>A year of a zone as the records tell it: 以岗带区 is judged by figures, not by ticks.</summary>
/// <param name="Until">Last day of the year, or the day on which it was counted.</param>
/// <param name="InTime">Of the closed ones: rectified by their date.</param>
/// <param name="OpenAtEnd">Reported by then and not closed by then.</param>
/// <param name="Posts">Model posts whose term reached into the year.</param>
/// <param name="DaysWithLead">Days on which somebody led the zone.</param>
public sealed record ZoneYear(
    int Year, DateOnly Until, int Rounds, int Found, int Major, int Closed, int InTime, int OpenAtEnd, int Violations, int Posts, int Activities, int DaysWithLead)
{
    public int Days => Until.DayNumber - new DateOnly(Year, 1, 1).DayNumber + 1;
    public int DaysWithoutLead => Math.Max(0, Days - DaysWithLead);
}

/// <summary>What was concluded from a zone's year, with the figures as they stood then. One for each zone and year.</summary>
public sealed class ZoneAssessment : Aggregate
{
    public const int MaxText = 2_000;

    ZoneAssessment() { }

    public Guid CompanyId { get; private init; }
    public Guid ZoneId { get; private init; }
    public int Year { get; private init; }
    public ZoneYear Figures { get; private set; } = null!;
    /// <summary>What went well and what did not, in view of the figures.</summary>
    public string Conclusion { get; private set; } = "";
    /// <summary>What will be done differently.</summary>
    public string Improvement { get; private set; } = "";
    public Guid ById { get; private set; }
    public DateTimeOffset At { get; private set; }

    public static ZoneAssessment Conclude(Guid id, Guid companyId, Guid zoneId, ZoneYear figures, string conclusion, string improvement, Guid by, DateTimeOffset at)
    {
        var assessment = new ZoneAssessment { Id = id, CompanyId = companyId, ZoneId = zoneId, Year = figures.Year };
        assessment.Restate(figures, conclusion, improvement, by, at);
        return assessment;
    }

    public void Restate(ZoneYear figures, string conclusion, string improvement, Guid by, DateTimeOffset at)
    {
        if (figures.Year != Year) throw new Refusal("年度不对，没有保存，填写的内容还在。请刷新页面后再提交。", "Year");
        Require(conclusion, nameof(Conclusion), "请对照数字写结论：哪里做到了，哪里没做到。");
        Require(improvement, nameof(Improvement), "请写下一年改什么；没有要改的也写明。");
        (Figures, Conclusion, Improvement, ById, At) = (figures, conclusion.Trim(), improvement.Trim(), by, at);
        Acted();
    }

    static void Require(string text, string field, string message)
    {
        if (string.IsNullOrWhiteSpace(text)) throw new Refusal(message, field);
        if (text.Length > MaxText) throw new Refusal($"文字超过 {MaxText} 字，没有保存，文字还在。请精简后再提交。", field);
    }
}
