using Ronghe.Platform.Web;

namespace Ronghe.Findings.Pages;

/// <summary>A step of the course as a timeline says it. A late entry is marked, not hidden (F15).</summary>
public sealed record StepWords(string Title, string? Who, string When, string? Note, string? Say)
{
    public static StepWords Of(StepLine step, DateOnly today)
    {
        var title = step.Verb.Title();
        string? note = null, say = step.Note == "" ? null : step.Note;
        if (step.Verb == FindingVerb.Grade && say is not null)
        {
            // The first sentence is the grade itself.
            var end = say.IndexOf('。');
            (title, say) = end < 0 ? ($"{title}：{say}", null) : ($"{title}：{say[..end]}", say[(end + 1)..]);
        }
        else if (step.Verb == FindingVerb.Assign) (note, say) = (say, null);
        var who = step.By ?? (step.Verb == FindingVerb.Report ? "不署名" : step.IsLate ? null : "系统");
        var when = FindingLook.Stamp(step.At, today) + (step.IsLate ? $" · {step.EnteredAt.Say(today.Year)} 补录" : "");
        return new(title, who, when, note, string.IsNullOrEmpty(say) ? null : say);
    }
}
