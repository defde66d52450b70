using Microsoft.AspNetCore.Http.Features;
using System.Collections.Frozen;

namespace Ronghe.Platform.Security;

/// <summary>Whoever acts: a signed-in person, an API token's owner, or the system itself (no person).</summary>
public abstract record Actor(Guid? PersonId, string Name)
{
    /// <summary>Rights held anywhere; where they reach is the scope's business.</summary>
    public FrozenSet<string> Permissions { get; init; } = [];

    /// <summary>Notices that wait to be read.</summary>
    public int UnreadNotices { get; init; }

    public virtual bool May(string permission) => Permissions.Contains(permission);
}

public static class ActorOfRequest
{
    /// <summary>The person who asks; doors that need one are not open to anybody else.</summary>
    public static Guid PersonId(this HttpContext http) => http.Features.GetRequiredFeature<Actor>().PersonId ?? throw new Refusal("系统不能以个人身份办理。");
}
