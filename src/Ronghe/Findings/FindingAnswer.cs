namespace Ronghe.Findings;

/// <summary>One finding as programs see it, with the acts that the caller may do now.</summary>
public sealed record FindingAnswer(
    Guid Id, int Version, string Number, FindingStatus Status, string StatusTitle, string Description, string Place, Guid? PlaceId, FindingSource Source, bool IsUrgent,
    DateTimeOffset FoundAt, DateTimeOffset ReportedAt, FindingPerson? Reporter, FindingGrade? Grade, string GradeBasis, string? CategoryId, string? Category,
    Guid UnitId, string Unit, FindingPerson? Rectifier, DateOnly? DueOn, string Duty, string Standard, string Measure, FindingPerson? Verifier,
    int Extensions, int EscalationLevel, bool IsUnderSupervision, DateTimeOffset? RectifiedAt, DateTimeOffset? VerifiedAt, DateTimeOffset? ClosedAt, DateTimeOffset? ConfirmedAt,
    Guid? MergedIntoId, IReadOnlyList<StepLine> Steps, IReadOnlyList<FindingPhotoAnswer> Photos, IReadOnlyList<FindingAct> Acts)
{
    public static FindingAnswer Of(FindingDetail detail)
    {
        var (f, names) = (detail.Finding, detail.Names);
        return new(f.Id, f.Version, f.Number, f.Status, f.Status.Title(), f.Description, f.PlaceText, f.PlaceId, f.Source, f.IsUrgent,
            f.FoundAt, f.ReportedAt, FindingPerson.Of(f.ReporterId, names.Reporter), f.Grade, f.GradeBasis, f.CategoryId, names.Category,
            f.UnitId, names.Unit, FindingPerson.Of(f.RectifierId, names.Rectifier), f.DueOn, f.Duty, f.Standard, f.Measure, FindingPerson.Of(f.VerifierId, names.Verifier),
            f.Extensions, f.EscalationLevel, f.IsUnderSupervision, f.RectifiedAt, f.VerifiedAt, f.ClosedAt, f.ConfirmedAt, f.MergedIntoId,
            detail.Steps, [.. detail.Photos.Select(photo => new FindingPhotoAnswer($"/files/{photo.FileId}", $"/files/{photo.FileId}/thumb", photo.Stage, photo.At))],
            [.. detail.Acts.Select(act => new FindingAct(Noun(act.Verb), act.Verb.Title(), $"/api/v1/findings/{f.Id}/{Noun(act.Verb)}", act.IsPossible, act.Obstacle))]);
    }

    /// <summary>The last part of the act's address.</summary>
    public static string Noun(FindingVerb verb) => verb switch
    {
        FindingVerb.Grade => "grading", FindingVerb.Assign => "assignment", FindingVerb.Rectify => "rectification", FindingVerb.SendBack => "return",
        FindingVerb.Extend => "extension", FindingVerb.Escalate => "escalation", FindingVerb.ListForSupervision => "supervision", FindingVerb.Verify => "verification",
        FindingVerb.Close => "closure", FindingVerb.Confirm => "confirmation", FindingVerb.Dispute => "dispute", FindingVerb.Reject => "rejection",
        FindingVerb.Merge => "merger", FindingVerb.Recheck => "recheck", _ => "report",
    };
}

public sealed record FindingPerson(Guid Id, string Name)
{
    public static FindingPerson? Of(Guid? id, string? name) => id is { } known && name is not null ? new(known, name) : null;
}

public sealed record FindingPhotoAnswer(string Href, string Thumb, PhotoStage Stage, DateTimeOffset At);

/// <summary>An act that is the caller's business; when it is not possible now, the reason says why.</summary>
public sealed record FindingAct(string Act, string Title, string Href, bool IsPossible, string? Reason);
