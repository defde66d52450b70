using System.Diagnostics;

namespace Ronghe.Platform.Metrics;

/// <summary>Work of the product's own that has a number, as a request has, and is seen in traces when somebody collects them.</summary>
static class Tracing
{
    public const string Name = "Ronghe";

    static readonly ActivitySource Source = new(Name);

    /// <summary>The number is there also when nobody listens.</summary>
    public static Activity Start(string what) => Source.StartActivity(what) ?? new Activity(what).Start();
}
