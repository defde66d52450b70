namespace Ronghe.Platform.Search;

/// <summary>
/// Days as numbers that stand in an index among the words: the day itself and the blocks of 4, 16, 64, 256 and 1,024 days in which it
/// lies. "These words within that block" is then one look-up, and a newest-first search reads block by block until its page is full:
/// what it costs depends on the page, not on how common a word is.
/// </summary>
public static class DayBlocks
{
    public const int Highest = 5;
    static readonly DateOnly First = new(1990, 1, 1);
    static readonly int FirstNumber = First.DayNumber >> (2 * Highest) << (2 * Highest);

    /// <summary>Under which numbers a day is found.</summary>
    public static int[] Of(DateOnly day) => [.. Enumerable.Range(0, Highest + 1).Select(level => Token(level, Number(day)))];

    /// <summary>Blocks from this day backwards to the first one, newest first, as large as the days and the caller allow.</summary>
    /// <param name="newest">Where to begin.</param>
    /// <param name="oldest">Where to end; the last block may hold earlier days as well.</param>
    /// <param name="level">0 to 5: how large the block that holds a day may be when so many came before it.</param>
    public static IEnumerable<int> Back(DateOnly newest, DateOnly oldest, Func<DateOnly, int, int> level)
    {
        var (day, last) = (Number(newest), Number(oldest));
        for (var before = 0; day >= last; before++)
        {
            var size = level(Day(day), before);
            while ((day + 1) % Length(size) != 0) size--;
            yield return Token(size, day);
            day -= Length(size);
        }
    }

    /// <summary>Blocks from this day on to the last one, oldest first.</summary>
    public static IEnumerable<int> Forth(DateOnly oldest, DateOnly newest, Func<DateOnly, int, int> level)
    {
        var (day, last) = (Number(oldest), Number(newest));
        for (var before = 0; day <= last; before++)
        {
            var size = level(Day(day), before);
            while (day % Length(size) != 0) size--;
            yield return Token(size, day);
            day += Length(size);
        }
    }

    public static DateOnly Beginning => First;

    /// <summary>The block of four days of a row that is found under <see cref="Of"/>: always the second number.</summary>
    public const int PlaceOfFour = 1;

    /// <summary>Blocks of four days from the one that holds this day to the last that is over before the other.</summary>
    public static IEnumerable<int> Fours(DateOnly oldest, DateOnly before)
    {
        for (var four = Number(oldest) / Length(1); (four + 1) * Length(1) <= Number(before); four++) yield return Token(1, four * Length(1));
    }

    /// <summary>The blocks of four days that cover a block of up to 64 days; of a larger one nothing, 0 to 0.</summary>
    public static (int First, int Last) FoursOf(int block)
    {
        var (level, number) = ((block >> 22) - 1, block & ((1 << 22) - 1));
        if (level > 3) return (0, 0);
        var (first, last) = (number * Length(level), (number + 1) * Length(level) - 1);
        return (Token(1, first), Token(1, last));
    }

    static int Length(int level) => 1 << (2 * level);

    /// <summary>A day before the first one counts as the first; nobody has records from then.</summary>
    static int Number(DateOnly day) => Math.Max(day.DayNumber, First.DayNumber) - FirstNumber;

    static DateOnly Day(int number) => DateOnly.FromDayNumber(Math.Min(number + FirstNumber, DateOnly.MaxValue.DayNumber));

    /// <summary>Between the single characters and the pairs of them, where no word is.</summary>
    static int Token(int level, int day) => (level + 1) << 22 | day / Length(level);
}
