using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Ronghe.Findings;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Notices;

namespace Ronghe.Safety.Zones;

/// <summary>What those who lead a zone are told: that they lead it, and that something in it is overdue.</summary>
public sealed class ZoneNotices(AppDb db, NoticeDelivery delivery, TimeProvider clock)
{
    const string Appointed = "zone.appointed", Overdue = "zone.overdue";

    public static readonly IReadOnlyList<NoticeKind> Kinds =
    [
        new(Appointed, "我当责任区长、副区长", "您有一项责任区任职变动，请登录平台查看。"),
        new(Overdue, "我的责任区有新的超期", "您负责的范围里有事项超期，请登录平台查看。"),
    ];

    public static readonly NoticeSource Source = new((scope, rows, cancel) => scope.GetRequiredService<ZoneNotices>().FindAsync(rows, cancel));

    static readonly string Sql = $$"""
        with zone_of as ({{ZoneHealths.ZoneOf}})
        select z.zone_id, count(*)::int, (count(*) filter (where f.due_on >= $3))::int
        from (select place_id, due_on from findings where company_id = $1 and {{FindingTables.OpenSomewhere}} and status = 'Assigned' and due_on < $2) f
        join zone_of z on z.place_id = f.place_id and z.zone_id is not null
        group by z.zone_id having count(*) filter (where f.due_on >= $3) > 0
        """;

    /// <summary>On workdays, and only when something became overdue since the workday before.</summary>
    public async Task TellOverdueAsync(CancellationToken cancel = default)
    {
        var today = clock.Today();
        if (!WorkCalendar.China.IsWorkday(today)) return;
        var since = WorkCalendar.China.AddWorkdays(today, -1);
        var drafts = new List<NoticeDraft>();
        foreach (var company in await db.Zones.Where(zone => zone.IsActive).Select(zone => zone.CompanyId).Distinct().ToListAsync(cancel))
        {
            var late = (await db.PreparedAsync(Sql, [company, today, since], row => (Zone: row.GetGuid(0), All: row.GetInt32(1), New: row.GetInt32(2)), cancel)).ToDictionary(row => row.Zone);
            var ids = late.Keys.ToArray();
            var leads = await db.ZoneLeads.Where(lead => ids.Contains(lead.ZoneId) && lead.From <= today && (lead.To == null || lead.To >= today) && db.People.Any(person => person.Id == lead.PersonId && person.LeftOn == null))
                .Select(lead => new { lead.ZoneId, lead.PersonId, Name = db.Zones.First(zone => zone.Id == lead.ZoneId).Name }).ToListAsync(cancel);
            drafts.AddRange(leads.Select(lead => new NoticeDraft(lead.PersonId, Overdue, $"zone {lead.ZoneId} {today:yyyy-MM-dd}",
                $"“{lead.Name}”新超期 {late[lead.ZoneId].New} 条，一共超期 {late[lead.ZoneId].All} 条，请督促整改。", $"/zones/{lead.ZoneId}")));
        }
        await delivery.TellAsync(drafts, cancel);
    }

    async Task<IReadOnlyList<NoticeDraft>> FindAsync(IReadOnlyList<JournalRow> rows, CancellationToken cancel)
    {
        var appointed = rows.Where(row => row.Event == "zone.lead-appointed").Select(row => (Row: row, Said: JsonSerializer.Deserialize<Appointment>(row.Data, JsonSerializerOptions.Web)!)).ToList();
        if (appointed.Count == 0) return [];
        var ids = appointed.Select(one => one.Row.SubjectId).Distinct().ToArray();
        var names = await db.Zones.AsNoTracking().Where(zone => ids.Contains(zone.Id)).ToDictionaryAsync(zone => zone.Id, zone => zone.Name, cancel);
        return [.. from one in appointed
                   where one.Said.Person != one.Row.ActorId && names.ContainsKey(one.Row.SubjectId)
                   select new NoticeDraft(one.Said.Person, Appointed, $"journal {one.Row.Seq}", $"您从 {one.Said.From:yyyy-MM-dd} 起担任“{names[one.Row.SubjectId]}”的责任区长或副区长", $"/zones/{one.Row.SubjectId}")];
    }

    sealed record Appointment(Guid Person, DateOnly From);
}
