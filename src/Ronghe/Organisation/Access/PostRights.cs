using Ronghe.Platform.Security;

namespace Ronghe.Organisation.Access;

/// <summary>Which post carries which right. Each capability adds its own at start-up; afterwards nobody writes here.</summary>
public sealed class PostRights
{
    readonly Dictionary<string, HashSet<string>> _byPost = [];
    readonly HashSet<string> _everyone = [];
    readonly Dictionary<string, Permission> _catalogue = [];

    public PostRights Define(IEnumerable<Permission> permissions)
    {
        foreach (var permission in permissions) _catalogue.Add(permission.Key, permission);
        return this;
    }

    public PostRights Grant(string post, params ReadOnlySpan<string> permissions)
    {
        if (!_byPost.TryGetValue(post, out var held)) _byPost[post] = held = [];
        foreach (var permission in permissions) held.Add(Known(permission));
        return this;
    }

    /// <summary>Rights of everybody who works here, over their own unit.</summary>
    public PostRights GrantEveryone(params ReadOnlySpan<string> permissions)
    {
        foreach (var permission in permissions) _everyone.Add(Known(permission));
        return this;
    }

    public string[] PostsWith(string permission) => [.. _byPost.Where(post => post.Value.Contains(permission)).Select(post => post.Key)];
    public IEnumerable<string> Of(string post) => _byPost.GetValueOrDefault(post) ?? [];
    /// <summary>What the post allows, in the words of the catalogue.</summary>
    public IReadOnlyList<string> TitlesOf(string post) => [.. Of(post).Select(permission => _catalogue[permission].Title)];
    public IReadOnlyCollection<string> OfEveryone => _everyone;
    public IReadOnlyCollection<Permission> Catalogue => _catalogue.Values;

    string Known(string permission) =>
        _catalogue.ContainsKey(permission) ? permission : throw new InvalidOperationException($"Permission {permission} is not defined.");
}
