using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Appointments;
using Ronghe.Platform.Calendar;

namespace Ronghe.Organisation.Accounts;

/// <summary>A post that I hold today, and what it allows, in words.</summary>
public sealed record MyPost(string Title, string NodeName, DateOnly From, DateOnly? To, IReadOnlyList<string> Rights);

public sealed record MySession(Guid Id, string Device, string Address, DateTimeOffset StartedAt, DateTimeOffset LastSeenAt, bool IsThis);

public sealed record MyToken(Guid Id, string Title, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, bool IsGood);

/// <summary>What the product knows of my own account.</summary>
public sealed class MyAccountQueries(AppDb db, Me me, PostRights rights, TimeProvider clock)
{
    const int Most = 100;

    /// <summary>My employee number.</summary>
    public Task<string> NumberAsync(CancellationToken cancel = default) =>
        db.People.Where(p => p.Id == me.PersonId).Select(p => p.Number).SingleAsync(cancel);

    public Task<bool> HasInitialPasswordAsync(CancellationToken cancel = default) => db.Users.AnyAsync(a => a.Id == me.AccountId && a.InitialPasswordUntil != null, cancel);

    public async Task<IReadOnlyList<MyPost>> PostsAsync(CancellationToken cancel = default)
    {
        var today = clock.Today();
        var held = await (
            from appointment in db.Appointments
            join node in db.Nodes on appointment.NodeId equals node.Id
            where appointment.PersonId == me.PersonId && appointment.From <= today && (appointment.To == null || appointment.To >= today)
            orderby appointment.From, appointment.Post
            select new { appointment.Post, node.Name, appointment.From, appointment.To }).Take(Most).ToListAsync(cancel);
        return [.. held.Select(h => new MyPost(Posts.Title(h.Post), h.Name, h.From, h.To, Words(rights.Of(h.Post))))];
    }

    /// <summary>What everybody may do.</summary>
    public IReadOnlyList<string> CommonRights() => Words(rights.OfEveryone);

    public Task<List<MySession>> SessionsAsync(CancellationToken cancel = default)
    {
        var now = clock.GetUtcNow();
        return db.SignInSessions.Where(s => s.AccountId == me.AccountId && s.EndedAt == null && s.ExpiresAt > now)
            .OrderByDescending(s => s.Id == me.SessionId).ThenByDescending(s => s.LastSeenAt).Take(Most)
            .Select(s => new MySession(s.Id, s.Device, s.Address, s.StartedAt, s.LastSeenAt, s.Id == me.SessionId)).ToListAsync(cancel);
    }

    public Task<List<MyToken>> TokensAsync(CancellationToken cancel = default)
    {
        var now = clock.GetUtcNow();
        return db.ApiTokens.Where(t => t.AccountId == me.AccountId && t.RevokedAt == null)
            .OrderByDescending(t => t.CreatedAt).Take(Most)
            .Select(t => new MyToken(t.Id, t.Title, t.CreatedAt, t.ExpiresAt, t.ExpiresAt > now)).ToListAsync(cancel);
    }

    IReadOnlyList<string> Words(IEnumerable<string> permissions)
    {
        var held = permissions.ToHashSet();
        return [.. rights.Catalogue.Where(p => held.Contains(p.Key)).Select(p => p.Title)];
    }
}
