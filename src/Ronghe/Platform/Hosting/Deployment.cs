using System.Reflection;

namespace Ronghe.Platform.Hosting;

/// <summary>Where this copy of the product works, and whether it shows a made-up plant to people who try it.</summary>
/// <param name="DataFolder">Absolute. Everything that must be kept lies in it.</param>
/// <param name="IsDemo">Demo accounts may exist; never together with a plant's real data.</param>
public sealed record Deployment(string DataFolder, bool IsDemo)
{
    /// <summary>As in the change log, without the build's fingerprint.</summary>
    public static string Version { get; } =
        (typeof(Deployment).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0").Split('+')[0];
}
