using System.Collections.Frozen;

namespace Ronghe.Platform.Security;

/// <summary>Whoever acts: a signed-in person, an API token's owner, or the system itself (no person).</summary>
public abstract record Actor(Guid? PersonId, string Name)
{
    /// <summary>Rights held anywhere; where they reach is the scope's business.</summary>
    public FrozenSet<string> Permissions { get; init; } = [];

    public virtual bool May(string permission) => Permissions.Contains(permission);
}
