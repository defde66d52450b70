namespace Ronghe.Platform.Offline;

/// <summary>A page that a device keeps, so that it opens without a signal.</summary>
/// <param name="Address">Path without a query: one copy stands for all of them.</param>
public sealed record OfflinePage(string Address, string Title, string Icon);

/// <summary>
/// The pages of one capability that a person needs on the spot, registered where the capability is set up. Nothing else is ever kept on a
/// device, and these only until that person signs out; so a source names no more than what is this person's own work now.
/// </summary>
public sealed record OfflineSource(Func<HttpContext, CancellationToken, Task<IReadOnlyList<OfflinePage>>> Find)
{
    /// <summary>The same page for everybody.</summary>
    public static OfflineSource Of(OfflinePage page) => new((_, _) => Task.FromResult<IReadOnlyList<OfflinePage>>([page]));
}
