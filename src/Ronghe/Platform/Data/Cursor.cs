namespace Ronghe.Platform.Data;

/// <summary>Where a page of a newest-first list ends.</summary>
public readonly record struct Cursor(DateTimeOffset At, Guid Id)
{
    public override string ToString() => $"{At.UtcTicks:x}.{Id:n}";

    /// <summary>Null for nothing; a damaged cursor is refused.</summary>
    public static Cursor? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        var dot = text.IndexOf('.');
        if (dot > 0 && long.TryParse(text.AsSpan(0, dot), System.Globalization.NumberStyles.HexNumber, null, out var ticks)
            && ticks is > 0 and < 3155378975999999999 && Guid.TryParseExact(text.AsSpan(dot + 1), "n", out var id))
            return new Cursor(new DateTimeOffset(ticks, TimeSpan.Zero), id);
        throw new Refusal("翻页位置无效，请回到第一页。", "after");
    }
}
