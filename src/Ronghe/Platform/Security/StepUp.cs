namespace Ronghe.Platform.Security;

/// <summary>
/// Stands on doors to sensitive acts: whoever goes through shows again who he is, unless he did so a few minutes ago. Calls with a
/// token pass: a program can show nothing else, and whoever made the token had to show it.
/// </summary>
/// <param name="acts">Of a page: the handlers that ask for it; without any, the whole door.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class StepUpAttribute(params string[] acts) : Attribute
{
    public IReadOnlyList<string> Acts { get; } = acts;

    /// <summary>Any of the names, for an address may carry several.</summary>
    public bool Guards(HttpRequest request) =>
        Acts.Count == 0 || request.Query["handler"].Any(handler => Acts.Contains(handler, StringComparer.OrdinalIgnoreCase));
}

public static class StepUpConventions
{
    public static TBuilder StepUp<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new StepUpAttribute());
}
