namespace Ronghe.Platform.Notices;

/// <summary>Something that one person is told because something happened, or because a day has come.</summary>
public sealed class Notice
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid PersonId { get; init; }
    /// <summary>Key of a <see cref="NoticeKind"/>.</summary>
    public required string Kind { get; init; }
    /// <summary>What it comes from, once for each person: a row of the journal, or a day.</summary>
    public required string Cause { get; init; }
    /// <summary>For reading inside the application only.</summary>
    public required string Text { get; init; }
    /// <summary>Where it leads, on this host.</summary>
    public required string Href { get; init; }
    public DateTimeOffset At { get; init; }
    /// <summary>From when on it is counted and may be sent out: not within the person's quiet hours.</summary>
    public DateTimeOffset DueAt { get; init; }
    public DateTimeOffset? ReadAt { get; init; }
    /// <summary>When a messaging gateway took it.</summary>
    public DateTimeOffset? SentAt { get; init; }
}

/// <summary>A kind of notice, defined by the capability that gives it.</summary>
/// <param name="Key">e.g. <c>finding.assigned</c>.</param>
/// <param name="Title">As the person's choices name it.</param>
/// <param name="Outside">What may be said of it outside the application: no name, no place, no number, nothing of the content.</param>
public sealed record NoticeKind(string Key, string Title, string Outside)
{
    /// <summary>Nobody can switch it off: it says that something is the person's to do, or concerns their account.</summary>
    public bool IsMandatory { get; init; }

    /// <summary>Comes at once, whatever the hour.</summary>
    public bool IsUrgent { get; init; }
}

/// <summary>Who is to be told what.</summary>
/// <param name="Cause">See <see cref="Notice.Cause"/>.</param>
public sealed record NoticeDraft(Guid PersonId, string Kind, string Cause, string Text, string Href);

/// <summary>What a capability makes of new rows of the journal. Whoever acted is not told of their own act.</summary>
public sealed record NoticeSource(Func<IServiceProvider, IReadOnlyList<Journal.JournalRow>, CancellationToken, Task<IReadOnlyList<NoticeDraft>>> Find);

/// <summary>All kinds together.</summary>
public sealed class NoticeKinds(IEnumerable<NoticeKind> kinds)
{
    readonly Dictionary<string, NoticeKind> _byKey = kinds.ToDictionary(kind => kind.Key);

    public IReadOnlyCollection<NoticeKind> All => _byKey.Values;

    /// <summary>A kind that a later version no longer has is still shown.</summary>
    public NoticeKind Of(string key) => _byKey.GetValueOrDefault(key) ?? new(key, "消息", "您有一条新消息，请登录平台查看。");
}
