using Microsoft.EntityFrameworkCore;
using Ronghe.Findings;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.People;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;

namespace Ronghe.Safety.ModelPosts;

/// <summary>Reads from the records what a check or a review looks at: nobody types it, nobody ticks it.</summary>
public sealed class ModelPostReadings(AppDb db, Me me, ModelPostCriteriaBook book, TimeProvider clock)
{
    /// <summary>So far a check looks back.</summary>
    const int MonthsBack = 12;

    /// <summary>A fault that was reported is no reproach to who reported it (F8): of findings only what became of them is counted.</summary>
    const string Sql = $"""
        with post as (select id, person_id, zone_id from model_posts where id = $2), {ModelPostRange.Sql}
        select
            (select count(*)::int from violations v where v.person_id = p.person_id and v.state = 'Confirmed' and v.happened_on between $3 and $4),
            (select count(*)::int from violations v join violation_kinds k on k.id = v.kind_id
             where v.person_id = p.person_id and v.state = 'Confirmed' and v.happened_on between $3 and $4 and k.degree = '严重'),
            (select count(*)::int from findings f where f.company_id = $1 and f.reporter_id = p.person_id and f.reported_at >= $5 and f.status not in ('Rejected', 'Merged')),
            (select count(*)::int from findings f where f.company_id = $1 and f.reporter_id = p.person_id and f.reported_at >= $5 and f.status = 'Closed'),
            (select count(*)::int from findings f join reach r on r.place_id = f.place_id where f.status = any($6)),
            (select count(*)::int from findings f join reach r on r.place_id = f.place_id where f.status = 'Assigned' and f.due_on < $4),
            (select count(*)::int from findings f join reach r on r.place_id = f.place_id where f.grade = 'Major' and f.reported_at >= $5 and f.status not in ('Rejected', 'Merged')),
            (select count(*)::int from model_post_activities a where a.post_id = p.id and a.kind = 'Contest'),
            (select count(*)::int from model_post_activities a where a.post_id = p.id and a.kind = 'Exchange'),
            (select count(*)::int from model_post_activities a where a.post_id = p.id and a.kind = 'Problem')
        from post p
        """;

    static readonly string[] Open = [.. FindingStates.Open.Select(status => status.ToString())];

    /// <summary>Of a candidate the year before; of a holder the term so far.</summary>
    public async Task<ModelPostReading> OfAsync(ModelPost post, CancellationToken cancel = default)
    {
        var today = clock.Today();
        var since = post.IsHeld ? post.From!.Value : today.AddMonths(-MonthsBack);
        var criteria = await book.OneAsync(post.Kind, cancel);
        var membership = await MembershipAsync(post.PersonId, cancel);
        var figures = (await db.PreparedAsync(Sql, [me.CompanyId, post.Id, since, today, since.At(TimeOnly.MinValue), Open], row => new ModelPostFigures(
            membership, row.GetInt32(0), row.GetInt32(1), row.GetInt32(2), row.GetInt32(3), row.GetInt32(4), row.GetInt32(5), row.GetInt32(6), row.GetInt32(7), row.GetInt32(8), row.GetInt32(9)),
            cancel)).Single();
        return new(since, today, criteria.Version, figures, [.. criteria.Sheet.Criteria.Where(one => one.IsOn).Select(one =>
            new CriterionReading(one.Id, one.Text, one.Threshold, one.Source, one.Measure,
                one.Measure is { } measure ? figures.Of(measure) : null))]);
    }

    /// <summary>In words; empty when the person is no member of the Party.</summary>
    public async Task<string> MembershipAsync(Guid personId, CancellationToken cancel = default) =>
        await Members().Where(member => member.PersonId == personId)
            .Select(member => new { member.Kind, Branch = db.PartyOrganisations.Where(party => party.Id == member.PartyOrganisationId).Select(party => party.Name).First() })
            .FirstOrDefaultAsync(cancel) is { } found ? $"{found.Kind.Title()}，{found.Branch}" : "";

    internal IQueryable<Membership> Members() =>
        db.Memberships.Where(member => member.CompanyId == me.CompanyId && (member.Kind == PoliticalStatus.Full || member.Kind == PoliticalStatus.Probationary));
}
