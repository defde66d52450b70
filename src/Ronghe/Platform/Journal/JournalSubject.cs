namespace Ronghe.Platform.Journal;

/// <summary>
/// A kind of record that the journal tells of, as its capability describes it: in words for whoever reads, and as a type for
/// whoever compares the records with the journal.
/// </summary>
/// <param name="Kind">As in <see cref="JournalRow.SubjectKind"/>.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Events">What people call what happens to it, by the whole key of the event.</param>
public sealed record JournalSubject(string Kind, string Title, IReadOnlyDictionary<string, string> Events)
{
    /// <summary>The entity whose digest stands in its rows; null for what is no record with values of its own.</summary>
    public Type? Record { get; init; }

    /// <summary>Where it can be looked at.</summary>
    public Func<Guid, string>? Href { get; init; }
}

/// <summary>All kinds together.</summary>
public sealed class JournalCatalogue(IEnumerable<JournalSubject> subjects)
{
    readonly Dictionary<string, JournalSubject> _byKind = subjects.ToDictionary(subject => subject.Kind);

    public IReadOnlyCollection<JournalSubject> Subjects => _byKind.Values;

    public JournalSubject? Of(string kind) => _byKind.GetValueOrDefault(kind);

    public string TitleOf(string kind) => Of(kind)?.Title ?? kind;

    /// <summary>The event in words; its key where no capability knows it.</summary>
    public string EventOf(string kind, string @event) => Of(kind)?.Events.GetValueOrDefault(@event) ?? @event;
}
