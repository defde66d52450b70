using System.Diagnostics.Metrics;

namespace Ronghe.Platform.Files;

/// <summary>How long it takes to make a photo safe, the wait for a place included, and whether it comes to an end.</summary>
sealed class PhotoMeasures(IMeterFactory meters)
{
    readonly Histogram<double> duration = meters.Create("Ronghe.Photos").CreateHistogram<double>("ronghe.photo.duration", "s", "Photos decoded and encoded anew, by outcome.");

    public void Ended(bool isGood, TimeSpan took) => duration.Record(took.TotalSeconds, new KeyValuePair<string, object?>("outcome", isGood ? "good" : "refused"));
}
