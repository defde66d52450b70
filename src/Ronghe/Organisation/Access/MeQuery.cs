using System.Collections.Frozen;
using System.Data.Common;
using Ronghe.Organisation.Appointments;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;
using Ronghe.Platform.Security;

namespace Ronghe.Organisation.Access;

/// <summary>Works out who somebody is and what they may do today: one round trip, on every request, so that a right ends with its post.</summary>
public sealed class MeQuery(AppDb db, PostRights rights, SignInPolicy policy, DatabaseState state, TimeProvider clock)
{
    /// <summary>One row for each post and each unit it reaches; a single row without a post for most people.</summary>
    sealed record Row(
        Guid AccountId, Guid PersonId, string Name, Guid CompanyId, Guid UnitId, string UnitName, bool MustChangePassword, string? Post, string? NodeName,
        Guid? Reach, string Snapshot, int Unread, DateTimeOffset? ConfirmedAt, bool NeedsSecondFactor);

    const string Columns = """
        select coalesce(a.id, '00000000-0000-0000-0000-000000000000'), p.id, p.name, p.company_id, p.unit_id, u.name,
               coalesce(a.initial_password_until is not null or coalesce(a.password_changed_at, a.created_at) < $4, false),
               h.post, n.name, coalesce(c.unit_id, h.node_id), pg_current_snapshot()::text, bell.unread
        """;

    const string From = """

        from people p
        cross join lateral (
            select count(*)::int unread from (select from notices x where x.person_id = p.id and x.read_at is null and x.due_at <= $3 limit 100) capped) bell
        left join accounts a on a.person_id = p.id
        join nodes u on u.id = p.unit_id
        left join appointments h on h.person_id = p.id and h.from_on <= $1 and (h.to_on is null or h.to_on >= $1)
        left join nodes n on n.id = h.node_id
        left join party_coverage c on c.party_organisation_id = h.node_id
        where p.left_on is null and a.disabled_at is null and
        """;

    /// <summary>A session in use slides on the same trip, at most every five minutes.</summary>
    const string Slide = """
        with slid as (
            update sign_in_sessions set last_seen_at = $3, expires_at = least($3 + $5, started_at + $6)
            where id = $2 and ended_at is null and expires_at > $3 and last_seen_at < $3 - interval '5 minutes')

        """;

    /// <summary>What only a session has: when it was confirmed, and whether the policy wants a second factor that is not there.</summary>
    const string Confirmed = """
        , (select confirmed_at from sign_in_sessions where id = $2),
               $7 and not exists (select from authenticators f where f.account_id = a.id) and not exists (select from passkeys f where f.user_id = a.id)
        """;

    const string Never = ", null::timestamptz, false";

    const string BySession = Slide + Columns + Confirmed + From + " a.id = (select account_id from sign_in_sessions where id = $2 and ended_at is null and expires_at > $3) order by h.from_on, h.post";
    const string ByToken = Columns + Never + From + " a.id = (select account_id from api_tokens where hash = $2 and revoked_at is null and expires_at > $3) order by h.from_on, h.post";
    const string ByPerson = Columns + Never + From + " p.id = $2 order by h.from_on, h.post";

    /// <summary>Null when the session has ended or the account is disabled.</summary>
    public Task<Me?> BySessionAsync(Guid sessionId, CancellationToken cancel = default) => FindAsync(BySession, sessionId, sessionId, cancel);

    /// <summary>Null when the token is unknown, expired or revoked.</summary>
    public Task<Me?> ByTokenHashAsync(string hash, CancellationToken cancel = default) => FindAsync(ByToken, hash, Guid.Empty, cancel);

    /// <summary>With or without an account: for commands and jobs that act in somebody's name.</summary>
    public Task<Me?> ByPersonAsync(Guid personId, CancellationToken cancel = default) => FindAsync(ByPerson, personId, Guid.Empty, cancel);

    /// <summary>Prepared by hand: planning seven tables anew for every request would cost several times what reading them does.</summary>
    async Task<Me?> FindAsync(string sql, object key, Guid sessionId, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        // A token lasts as long as it says, whatever the age of the password.
        var oldest = sessionId == Guid.Empty ? DateTimeOffset.MinValue : policy.OldestPassword(now);
        object[] values = [clock.Today(), key, now, oldest, .. sessionId == Guid.Empty ? [] : (object[])[policy.Idle, policy.Longest, policy.NeedsSecondFactor]];
        var rows = await db.PreparedAsync(sql, values, Read, cancel);
        if (rows.Count == 0) return null;
        state.Is(rows[0].Snapshot);
        return Describe(rows, sessionId);
    }

    static Row Read(DbDataReader row) => new(
        row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.GetGuid(3), row.GetGuid(4), row.GetString(5), row.GetBoolean(6),
        row.IsDBNull(7) ? null : row.GetString(7), row.IsDBNull(8) ? null : row.GetString(8), row.IsDBNull(9) ? null : row.GetGuid(9), row.GetString(10),
        row.GetInt32(11), row.IsDBNull(12) ? null : row.GetFieldValue<DateTimeOffset>(12), row.GetBoolean(13));

    Me Describe(List<Row> rows, Guid sessionId)
    {
        var first = rows[0];
        var reach = new Dictionary<string, HashSet<Guid>>();
        void Reach(string permission, Guid unit) =>
            (reach.TryGetValue(permission, out var units) ? units : reach[permission] = []).Add(unit);

        foreach (var permission in rights.OfEveryone) Reach(permission, first.UnitId);
        foreach (var row in rows)
            if (row is { Post: { } post, Reach: { } unit })
                foreach (var permission in rights.Of(post))
                    Reach(permission, unit);

        return new Me(first.PersonId, first.Name)
        {
            AccountId = first.AccountId, SessionId = sessionId, ConfirmedAt = first.ConfirmedAt, CompanyId = first.CompanyId,
            UnitId = first.UnitId, UnitName = first.UnitName,
            MustChangePassword = first.MustChangePassword, MustAddSecondFactor = first.NeedsSecondFactor, UnreadNotices = first.Unread,
            PostTitle = first.Post is { } held ? $"{first.NodeName} {Posts.Title(held)}" : first.UnitName,
            Permissions = reach.Keys.ToFrozenSet(),
            Reach = reach.ToFrozenDictionary(pair => pair.Key, pair => pair.Value.ToArray()),
        };
    }
}
