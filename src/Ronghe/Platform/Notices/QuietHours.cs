using Ronghe.Platform.Calendar;

namespace Ronghe.Platform.Notices;

/// <summary>A part of the day in which nothing is sent: on the plant's clock, also across midnight; equal ends mean never.</summary>
public readonly record struct QuietHours(TimeOnly From, TimeOnly To)
{
    /// <summary>The moment itself, or the end of the quiet hours that it falls into.</summary>
    public DateTimeOffset NotBefore(DateTimeOffset at)
    {
        var wall = TimeOnly.FromDateTime(at.ToPlant().DateTime);
        if (From == To || !wall.IsBetween(From, To)) return at;
        var day = at.PlantDate();
        return (wall < To ? day : day.AddDays(1)).At(To);
    }
}
