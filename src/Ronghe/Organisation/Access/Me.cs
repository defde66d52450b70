using System.Collections.Frozen;
using Ronghe.Platform;
using Ronghe.Platform.Security;

namespace Ronghe.Organisation.Access;

/// <summary>
/// The person who asks, with the rights that today's appointments give and the units they reach. A business post reaches its own
/// subtree, a Party post the units that its organisation covers, everybody their own unit.
/// </summary>
public sealed record Me(Guid? PersonId, string Name) : Actor(PersonId, Name)
{
    /// <summary>The system itself: jobs and set-up. May do everything, everywhere.</summary>
    public static readonly Me System = new(null, "系统");

    public Guid AccountId { get; init; }
    /// <summary>All zero for programs, commands and jobs.</summary>
    public Guid SessionId { get; init; }
    /// <summary>When the person of this session last showed who sits here.</summary>
    public DateTimeOffset? ConfirmedAt { get; init; }
    /// <summary>The password was made by another, or is older than the policy allows: only good for choosing an own one.</summary>
    public bool MustChangePassword { get; init; }
    /// <summary>The policy asks for a second factor that is not there yet: only good for adding one.</summary>
    public bool MustAddSecondFactor { get; init; }
    public Guid CompanyId { get; init; }
    public Guid UnitId { get; init; }
    public string UnitName { get; init; } = "";
    public string PostTitle { get; init; } = "";
    /// <summary>For each right, the topmost units that it reaches.</summary>
    public FrozenDictionary<string, Guid[]> Reach { get; init; } = FrozenDictionary<string, Guid[]>.Empty;

    public bool IsSystem => ReferenceEquals(this, System);
    public Guid Id => PersonId ?? throw new Refusal("系统不能以个人身份办理。");

    public override bool May(string permission) => IsSystem || base.May(permission);

    /// <summary>Topmost units in which the right holds; empty when it holds nowhere.</summary>
    public Guid[] ReachOf(string permission) => Reach.GetValueOrDefault(permission) ?? [];

    /// <summary>Whether the right holds in a unit, given the unit and its ancestors.</summary>
    public bool May(string permission, IReadOnlyCollection<Guid> unitAndAncestors) =>
        IsSystem || ReachOf(permission).Any(unitAndAncestors.Contains);
}

/// <summary>Who acts in this scope: set once by the sign-in, a token, a command or a job.</summary>
public sealed class CurrentMe
{
    Me? _me;
    public Me? Known => _me;
    public Me Me => _me ?? throw new InvalidOperationException("Nobody acts in this scope.");
    public void Become(Me me) => _me = me;
}
