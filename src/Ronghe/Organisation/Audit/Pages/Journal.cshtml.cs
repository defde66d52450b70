using Microsoft.AspNetCore.Mvc;
using Ronghe.Platform.Data;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Parts;

namespace Ronghe.Organisation.Audit.Pages;

/// <summary>The journal, newest first, by time, person, kind, event, unit, record or request; and how far it is sealed.</summary>
[Requires(AuditPermissions.Read)]
public sealed class JournalModel(AuditQueries audit, JournalCatalogue catalogue) : RonghePage
{
    [BindProperty(SupportsGet = true)] public DateOnly? From { get; set; }
    [BindProperty(SupportsGet = true)] public DateOnly? To { get; set; }
    [BindProperty(SupportsGet = true), Picked("people")] public Guid? By { get; set; }
    [BindProperty(SupportsGet = true)] public string? Kind { get; set; }
    [BindProperty(SupportsGet = true)] public string? Event { get; set; }
    [BindProperty(SupportsGet = true), Picked("nodes")] public Guid? Node { get; set; }
    [BindProperty(SupportsGet = true)] public Guid? Subject { get; set; }
    [BindProperty(SupportsGet = true)] public string? RequestNumber { get; set; }
    [BindProperty(SupportsGet = true)] public string? After { get; set; }

    public Paged<AuditRow> List { get; private set; } = new([]);
    public SealState Seals { get; private set; } = new(0, null, 0);
    public IReadOnlyDictionary<Guid, string> Names { get; private set; } = new Dictionary<Guid, string>();
    public DateOnly DefaultFrom { get; } = audit.DefaultFrom;

    public IReadOnlyList<Option> Kinds => [.. catalogue.Subjects.OrderBy(subject => subject.Title, StringComparer.Ordinal).Select(subject => new Option(subject.Kind, subject.Title))];

    /// <summary>Only of the chosen kind: all kinds together have more than a list can show.</summary>
    public IReadOnlyList<Option> Events => Kind is { } kind && catalogue.Of(kind) is { } subject ? [.. subject.Events.Select(e => new Option(e.Key, e.Value))] : [];

    public string? NameOf(Guid? id) => id is { } known ? Names.GetValueOrDefault(known) : null;

    public string TitleOf(AuditRow row) => $"{catalogue.TitleOf(row.Kind)} · {catalogue.EventOf(row.Kind, row.Event)}";

    public string? LinkOf(AuditRow row) => catalogue.Of(row.Kind)?.Href?.Invoke(row.SubjectId);

    public override async Task<IActionResult> ShowAsync()
    {
        var cancel = HttpContext.RequestAborted;
        List = await audit.ListAsync(new AuditFilter { From = From, To = To, By = By, Kind = Kind, Event = Event, Node = Node, Subject = Subject, Request = RequestNumber, After = After }, cancel);
        Seals = await audit.SealsAsync(cancel);
        Names = await audit.NamesAsync([By, Node], cancel);
        return Page();
    }
}
