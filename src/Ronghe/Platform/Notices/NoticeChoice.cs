namespace Ronghe.Platform.Notices;

/// <summary>What a person wants to be told, and when not. Who never chose has everything, with quiet nights.</summary>
public sealed class NoticeChoice
{
    public static readonly TimeOnly NightFrom = new(22, 0), NightTo = new(7, 0);

    public Guid PersonId { get; init; }
    /// <summary>Kinds that are switched off; mandatory ones cannot be.</summary>
    public string[] Muted { get; private set; } = [];
    /// <summary>Quiet from here to <see cref="QuietTo"/>, on the plant's clock, also across midnight; equal means never.</summary>
    public TimeOnly QuietFrom { get; private set; } = NightFrom;
    public TimeOnly QuietTo { get; private set; } = NightTo;

    public void Choose(IEnumerable<string> muted, TimeOnly from, TimeOnly to) => (Muted, QuietFrom, QuietTo) = ([.. muted.Order()], from, to);

    public bool Wants(NoticeKind kind) => kind.IsMandatory || !Muted.Contains(kind.Key);

    /// <summary>The moment itself, or the end of the quiet hours that it falls into.</summary>
    public DateTimeOffset NotBefore(DateTimeOffset at) => new QuietHours(QuietFrom, QuietTo).NotBefore(at);
}
