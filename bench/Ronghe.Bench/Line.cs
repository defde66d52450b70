namespace Ronghe.Bench;

/// <summary>One printed result: ours against the baseline of the same run, and the limit it has to keep.</summary>
static class Line
{
    public static bool Print(string what, string ours, string baseline, double ratio, string limit, bool holds)
    {
        Console.WriteLine($"{what,-46} {ours,14} {baseline,14} {ratio,8:0.00}  {limit}  {(holds ? "holds" : "MISSED")}");
        return holds;
    }
}
