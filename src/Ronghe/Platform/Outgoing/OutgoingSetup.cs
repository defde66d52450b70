namespace Ronghe.Platform.Outgoing;

public static class OutgoingSetup
{
    static readonly TimeSpan Within = TimeSpan.FromSeconds(10);

    /// <param name="services">The container.</param>
    /// <param name="known">Places in the open internet that a part of the product calls.</param>
    /// <param name="setting">Name of the setting by which the operator adds others.</param>
    /// <param name="written">What it says.</param>
    public static IServiceCollection AddOutgoingCalls(this IServiceCollection services, IEnumerable<string> known, string setting, string? written) => services
        .AddSingleton(new AllowedOrigins([.. known.Select(origin => KeyValuePair.Create(origin, (System.Net.IPNetwork?)null)), .. AllowedOrigins.Parse(setting, written)]))
        .AddSingleton<HostResolver>(OutgoingCalls.ResolveAsync)
        .AddSingleton(root => new OutgoingCalls(root.GetRequiredService<AllowedOrigins>(), root.GetRequiredService<HostResolver>(), Within));
}
