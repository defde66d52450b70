using Microsoft.EntityFrameworkCore;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Notices;

namespace Ronghe.Findings;

/// <summary>The morning's one line for each person who has something to do.</summary>
public sealed class FindingDigest(AppDb db, NoticeDelivery delivery, TimeProvider clock)
{
    sealed record Load(Guid PersonId, long Rectify, long Overdue, long Verify);

    /// <summary>On workdays; a second run on the same day tells nobody twice.</summary>
    public async Task SendAsync(CancellationToken cancel = default)
    {
        var today = clock.Today();
        if (!WorkCalendar.China.IsWorkday(today)) return;
        var loads = await db.Database.SqlQuery<Load>($"""
            select person_id "PersonId", sum(rectify)::bigint "Rectify", sum(overdue)::bigint "Overdue", sum(verify)::bigint "Verify" from (
                select rectifier_id person_id, 1 rectify, (due_on < {today})::int overdue, 0 verify from findings where status = 'Assigned' and rectifier_id is not null
                union all
                select verifier_id, 0, 0, 1 from findings where status = 'Rectified' and verifier_id is not null
            ) waiting join people on people.id = person_id and people.left_on is null
            group by person_id
            """).ToListAsync(cancel);
        await delivery.TellAsync([.. loads.Select(load => new NoticeDraft(load.PersonId, FindingNotices.Digest, $"day {today:yyyy-MM-dd}", Say(load), "/todo"))], cancel);
    }

    static string Say(Load load) => string.Join("，", new[]
    {
        load.Rectify > 0 ? $"今天有 {load.Rectify} 条待整改{(load.Overdue > 0 ? $"（{load.Overdue} 条已超期）" : "")}" : null,
        load.Verify > 0 ? $"{load.Verify} 条待复核" : null,
    }.OfType<string>()) + "。";
}
