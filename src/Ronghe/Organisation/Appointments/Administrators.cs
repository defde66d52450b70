using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.People;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;

namespace Ronghe.Organisation.Appointments;

/// <summary>
/// Keeps the three administrators apart: who hands out passwords and posts could take over another of the three, and the separation with
/// him. So their posts, passwords and accounts are in the hands of whoever has the server's console, and in nobody's through the pages.
/// </summary>
public sealed class Administrators(AppDb db, Me me, TimeProvider clock)
{
    public const string AtTheConsole = "三员的任免、密码和停用只能在服务器上办理，任何一员都不能在网页上处置另一员。";

    /// <summary>Those who hold one of the three posts today, or are going to.</summary>
    public static IQueryable<Appointment> Held(AppDb db, DateOnly today) =>
        db.Appointments.Where(held => Posts.Administrators.Contains(held.Post) && (held.To == null || held.To >= today));

    /// <exception cref="Refusal">The person is one of the three, and it is not the console that asks.</exception>
    public async Task RefuseOneOfThemAsync(Person person, CancellationToken cancel = default)
    {
        if (me.IsSystem) return;
        var post = await Held(db, clock.Today()).Where(held => held.PersonId == person.Id).Select(held => held.Post).FirstOrDefaultAsync(cancel);
        if (post is not null)
            throw new Refusal($"{person.Name}是{Posts.Title(post)}，没有办理。{AtTheConsole}请管服务器的人执行 ronghe user add --number {person.Number}（重设密码）或 ronghe user dismiss --number {person.Number}（免去三员职务）。");
    }

    /// <exception cref="Refusal">The post is one of the three, and it is not the console that asks.</exception>
    public void RefusePost(string post)
    {
        if (!me.IsSystem && Posts.IsAdministrator(post))
            throw new Refusal($"{Posts.Title(post)}是三员之一，没有办理。{AtTheConsole}请管服务器的人执行 ronghe user add --number 工号 --administrator system、security 或 audit（任职），ronghe user dismiss --number 工号（免职）。", nameof(Appointment.Post));
    }
}
