using System.Globalization;
using Ronghe.Platform;

namespace Ronghe.Safety.Zones;

/// <summary>Width and height of the plan, the same measure as the corners drawn on it.</summary>
public readonly record struct PlanSize(int Width, int Height)
{
    public static readonly PlanSize Default = new(1600, 1000);
}

/// <summary>A closed line on the plan: x and y of its corners in turn.</summary>
public readonly record struct Outline(int[] Corners)
{
    public const int MostCorners = 60, Farthest = 20_000;

    public static readonly Outline None = new([]);

    public bool IsEmpty => Corners.Length == 0;

    IEnumerable<(int X, int Y)> Points => Corners.Chunk(2).Select(pair => (pair[0], pair[1]));

    /// <summary>One corner per line as “x,y”; Chinese commas and blanks will do as well.</summary>
    public static Outline Parse(string? text)
    {
        var numbers = new List<int>();
        foreach (var line in (text ?? "").Split(['\n', '\r', ';', '；'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var pair = line.Split([',', '，', ' ', '\t', '、'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            if (pair.Length != 2 || !pair.All(part => int.TryParse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)))
                throw new Refusal($"“{(line.Length > 20 ? line[..20] + "…" : line)}”不是一个顶点。每行写一个，横坐标在前、纵坐标在后，例如 622,330。没有保存，填写的内容还在。", "Corners");
            numbers.AddRange(pair.Select(part => int.Parse(part, CultureInfo.InvariantCulture)));
        }
        return new([.. numbers]);
    }

    public void Check()
    {
        if (IsEmpty) return;
        if (Corners.Length % 2 != 0 || Corners.Length < 6) throw new Refusal("平面图上的范围至少要三个顶点。没有保存，填写的内容还在。", "Corners");
        if (Corners.Length > MostCorners * 2) throw new Refusal($"范围最多 {MostCorners} 个顶点，请画得简单些。没有保存，填写的内容还在。", "Corners");
        if (Corners.Any(number => number is < 0 or > Farthest)) throw new Refusal("有顶点落在平面图外面，请核对坐标。没有保存，填写的内容还在。", "Corners");
        if (CrossesItself()) throw new Refusal("范围的边线互相交叉了，请调整顶点的先后顺序。没有保存，填写的内容还在。", "Corners");
    }

    public void CheckOn(PlanSize plan)
    {
        if (Points.Any(point => point.X > plan.Width || point.Y > plan.Height))
            throw new Refusal($"有顶点落在平面图外面：横坐标不超过 {plan.Width}，纵坐标不超过 {plan.Height}。没有保存，填写的内容还在。", "Corners");
    }

    public Outline Scale(PlanSize from, PlanSize to) => new([.. Corners.Select((number, index) =>
        (int)Math.Round(index % 2 == 0 ? (double)number * to.Width / from.Width : (double)number * to.Height / from.Height))]);

    /// <summary>As an SVG polygon writes them.</summary>
    public override string ToString() => string.Join(' ', Points.Select(point => $"{point.X},{point.Y}"));

    /// <summary>As the form writes them.</summary>
    public string ToLines() => string.Join('\n', Points.Select(point => $"{point.X},{point.Y}"));

    /// <summary>Where a label stands: the middle of the corners.</summary>
    public (int X, int Y) Middle => IsEmpty ? (0, 0) : ((int)Points.Average(point => point.X), (int)Points.Average(point => point.Y));

    bool CrossesItself()
    {
        var points = Points.ToArray();
        var count = points.Length;
        for (var i = 0; i < count; i++)
            for (var j = i + 2; j < count; j++)
                if ((i != 0 || j != count - 1) && Cross(points[i], points[(i + 1) % count], points[j], points[(j + 1) % count])) return true;
        return false;
    }

    static bool Cross((int X, int Y) a, (int X, int Y) b, (int X, int Y) c, (int X, int Y) d) =>
        Side(a, b, c) * Side(a, b, d) < 0 && Side(c, d, a) * Side(c, d, b) < 0;

    static int Side((int X, int Y) a, (int X, int Y) b, (int X, int Y) p) =>
        Math.Sign((long)(b.X - a.X) * (p.Y - a.Y) - (long)(b.Y - a.Y) * (p.X - a.X));
}
