using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation.Appointments;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Parts;

namespace Ronghe.Organisation.People.Pages;

[Requires(OrganisationPermissions.View)]
public sealed class PersonModel(PersonDetails details, RecordHistory history, AppointmentActions appointments, TimeProvider clock) : RonghePage
{
    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }

    public PersonDetail Person { get; private set; } = null!;
    public IReadOnlyList<HistoryRow> History { get; private set; } = [];
    public DateOnly Today => clock.Today();
    /// <summary>发电一部 · 发电一部主任: the job title only where the position does not say it already.</summary>
    public string Sub => string.Join(" · ", new[] { Person.UnitPath, Person.Position, Person.Position.Contains(Person.JobTitle) ? "" : Person.JobTitle }.Where(part => part != ""));

    public override async Task<IActionResult> ShowAsync()
    {
        Person = await details.FindAsync(Id, HttpContext.RequestAborted);
        History = await history.OfPersonAsync(Person, HttpContext.RequestAborted);
        return Page();
    }

    public async Task<IActionResult> OnPostEndAppointmentAsync(Guid appointmentId, DateOnly lastDay, int version, CancellationToken cancel)
    {
        await appointments.EndAsync(appointmentId, lastDay, version, cancel);
        return RedirectWithMessage("已办理卸任，这个任职带来的权限随之结束。");
    }

    /// <summary>An absent text is shown as absent.</summary>
    public string? Say(string text) => text == "" ? null : text;

    public static string ToneOf(string @event) => @event switch
    {
        OrganisationEvents.Appointed or OrganisationEvents.PersonAdded => "good",
        OrganisationEvents.PersonMoved => "info",
        _ => "neutral",
    };
}
