using System.Globalization;

namespace Ronghe.Safety.ModelPosts.Pages;

/// <summary>Ratios as points with their intervals on a logarithmic scale; the table beside it says the same in numbers.</summary>
public sealed record EffectPicture(IReadOnlyList<EffectPicture.Row> Rows)
{
    public const int Left = 260, Right = 700, Top = 30, RowHeight = 44;
    const double Smallest = 0.1, Largest = 10;

    public static readonly double[] Marks = [0.1, 0.25, 0.5, 1, 2, 4, 10];

    /// <param name="IsFaint">Too few events: shown, but nothing is concluded from it.</param>
    public sealed record Row(string Label, RateRatio Ratio, bool IsFaint);

    public int Height => Top + (Rows.Count * RowHeight) + 40;
    public static int Y(int row) => Top + (row * RowHeight) + (RowHeight / 2);

    /// <summary>What lies beyond the scale stands at its edge; without an upper limit as well.</summary>
    public static string X(double? ratio) =>
        (Left + ((Right - Left) * Math.Log(Math.Clamp(ratio ?? Largest, Smallest, Largest) / Smallest) / Math.Log(Largest / Smallest))).ToString("0.#", CultureInfo.InvariantCulture);

    public static EffectPicture Of(ModelPostEffect effect) => new(
    [
        .. effect.Lines.Where(line => line.Ratio.Low is not null).Select(line => new Row($"{Short(line.Measure)} · {Short(line.Scope)}", line.Ratio, line.IsSmall)),
        .. effect.Contrasts.Where(contrast => contrast.Ratio.Low is not null).Select(contrast => new Row($"{Short(contrast.Measure)} · 扣除同类", contrast.Ratio, contrast.IsSmall)),
    ]);

    static string Short(EffectMeasure measure) => measure switch { EffectMeasure.Violations => "违章", EffectMeasure.Found => "发现", _ => "关闭" };
    static string Short(EffectScope scope) => scope switch { EffectScope.Range => "岗位范围", EffectScope.Unit => "所在单位", _ => "同类单位" };
}
