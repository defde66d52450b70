using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Organisation.Audit.Pages;

/// <summary>One row of the journal with everything that stands in it.</summary>
[Requires(AuditPermissions.Read)]
public sealed class RowModel(AuditQueries audit, JournalCatalogue catalogue) : RonghePage
{
    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [BindProperty(SupportsGet = true)] public long Seq { get; set; }

    public AuditRow Row { get; private set; } = null!;
    public string Title => $"{catalogue.TitleOf(Row.Kind)} · {catalogue.EventOf(Row.Kind, Row.Event)}";
    public string? Link => catalogue.Of(Row.Kind)?.Href?.Invoke(Row.SubjectId);
    public string Data => JsonSerializer.Serialize(JsonDocument.Parse(Row.Data), Indented);

    public override async Task<IActionResult> ShowAsync()
    {
        Row = await audit.FindAsync(Seq, HttpContext.RequestAborted);
        return Page();
    }
}
