using Ronghe.Platform.Spreadsheets;

namespace Ronghe.Tests.Platform.Spreadsheets;

/// <summary>The files as the plant's offices hand them over, against what their description states.</summary>
public class RealFilesTests
{
    static readonly Workbook Roster = PlantFiles.Read("roster.xlsx");
    static readonly Workbook Ledger = PlantFiles.Read("hazard-ledger.xlsx");
    static readonly Workbook Organisation = PlantFiles.Read("org.xlsx");

    [Fact]
    public void The_organisation_workbook_has_54_units_and_30_party_units()
    {
        var units = PlantFiles.Open(Organisation, PlantFiles.Units);
        var party = PlantFiles.Open(Organisation, PlantFiles.PartyUnits);
        Assert.Equal(("行政组织", 2), (units.Mapping.Sheet, units.Mapping.LastHeaderRow));
        Assert.Equal(("党组织", 2), (party.Mapping.Sheet, party.Mapping.LastHeaderRow));
        Assert.Equal(54, units.Rows().Count());
        Assert.Equal(30, party.Rows().Count());
        Assert.Empty(units.Skipped);
    }

    [Fact]
    public void Founding_dates_and_terms_of_party_units_are_read_in_every_form()
    {
        var party = PlantFiles.Open(Organisation, PlantFiles.PartyUnits);
        var terms = new Dictionary<int, int>();
        var (founded, from) = (0, 0);
        foreach (var row in party.Rows())
        {
            if (row.Date("founded") is not null) founded++;
            if (row.Date("term-from") is not null) from++;
            if (row.Whole("term") is { } years) terms[years] = terms.GetValueOrDefault(years) + 1;
        }
        Assert.Equal((10, 10), (founded, from));
        Assert.Equal(1, terms[5]);
        Assert.Equal(9, terms[3]);
        Assert.Empty(party.Errors.All);
    }

    [Fact]
    public void The_roster_header_is_found_on_two_levels_below_two_title_rows()
    {
        var mapping = HeaderFinder.FindOne(Roster, PlantFiles.Roster);
        Assert.Equal((3, 4), (mapping.FirstHeaderRow, mapping.LastHeaderRow));
        Assert.Equal(PlantFiles.Roster.Columns.Count, mapping.Columns.Count);
        Assert.Equal("参加工作时间", mapping.TitleOf("started"));
        Assert.Equal("党员信息", mapping.Headings.Single(h => h.Title == "入党时间").Group);
        Assert.Equal(20, mapping.Of("phone"));
        Assert.Equal("序号", Assert.Single(mapping.Unmapped).Title);
        Assert.All(mapping.Scores.Values, score => Assert.Equal(1, score));
    }

    [Fact]
    public void The_roster_has_480_people_and_names_the_total_and_the_footer_as_left_out()
    {
        var reading = PlantFiles.Open(Roster, PlantFiles.Roster);
        Assert.Equal(480, reading.Rows().Count());
        Assert.Equal([new SkippedRow(485, "合计行"), new SkippedRow(486, "表尾说明")], reading.Skipped);
    }

    [Fact]
    public void Every_employee_number_is_six_half_width_digits_and_unique()
    {
        var numbers = PlantFiles.Open(Roster, PlantFiles.Roster).Rows().Select(row => row.Code("number")!).ToList();
        Assert.All(numbers, number => Assert.True(number.Length == 6 && number.All(char.IsAsciiDigit), number));
        Assert.Equal(480, numbers.Distinct().Count());
        Assert.Contains(Roster.Sheets[0]["B83"].ToString(), c => c > 0xFF00);
        Assert.Contains(Roster.Sheets[0]["B337"].ToString(), c => c > 0xFF00);
    }

    [Fact]
    public void Names_lose_blanks_at_the_end_and_full_width_blanks_inside()
    {
        var names = PlantFiles.Open(Roster, PlantFiles.Roster).Rows().ToDictionary(row => row.Number, row => row.Name("name")!);
        Assert.All(names.Values, name => Assert.DoesNotContain(name, CellText.IsSpace));
        foreach (var row in new[] { 50, 58, 78, 138, 250, 251, 261, 330 }) Assert.Equal(2, names[row].Length);
        Assert.Equal("邹维民", names[161]);
        Assert.Equal("邹维民", names[369]);
    }

    [Fact]
    public void Merged_departments_are_filled_down_and_counted_as_described()
    {
        var departments = PlantFiles.Open(Roster, PlantFiles.Roster).Rows().ToDictionary(row => row.Number, row => row.Line("department"));
        Assert.Single(departments.Where(d => d.Key is >= 192 and <= 235).Select(d => d.Value).Distinct());
        var counts = departments.Values.GroupBy(name => name!).ToDictionary(group => group.Key, group => group.Count());
        Assert.Equal(new Dictionary<string, int>
        {
            ["厂领导"] = 7, ["发电一部"] = 92, ["发电二部"] = 88, ["控制部"] = 44, ["设备管理部"] = 84, ["燃料部"] = 66, ["化学部"] = 36,
            ["安全监察部"] = 12, ["综合事务部"] = 24, ["财务部"] = 8, ["人力资源部"] = 8, ["党建工作部"] = 7, ["工会"] = 4,
        }, counts);
    }

    [Fact]
    public void A_crew_marked_with_a_slash_is_no_crew()
    {
        var crews = PlantFiles.Open(Roster, PlantFiles.Roster).Rows().Select(row => (Raw: row.Line("crew"), Crew: row.TextOrNothing("crew"))).ToList();
        Assert.Equal(41, crews.Count(crew => crew.Raw == "/"));
        Assert.Equal(480 - 41 - 13, crews.Count(crew => crew.Crew is not null));
    }

    [Fact]
    public void Birth_months_are_read_in_all_six_forms()
    {
        var sheet = Roster.Sheets[0];
        var kinds = new Dictionary<string, int>();
        var reading = PlantFiles.Open(Roster, PlantFiles.Roster);
        foreach (var row in reading.Rows())
        {
            var cell = row.Cell("born");
            var kind = cell.Kind == CellKind.Date ? cell.Format.Contains('年') ? "年月" : "日期" : cell.Kind == CellKind.Number ? "数值" : "文本";
            kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
            var born = row.Date("born");
            Assert.NotNull(born);
            Assert.Equal(kind == "日期" ? DatePrecision.Day : DatePrecision.Month, born.Value.Precision);
            Assert.InRange(born.Value.Value.Year, 1960, 2010);
        }
        Assert.Equal(new Dictionary<string, int> { ["日期"] = 234, ["年月"] = 61, ["数值"] = 31, ["文本"] = 154 }, kinds);
        Assert.Empty(reading.Errors.All);
        Assert.All(new[] { "E36", "E300", "E303" }, at => Assert.Contains(sheet[at].ToString(), c => c > 0xFF00));
    }

    [Fact]
    public void A_number_shown_with_two_decimals_means_the_month_it_shows()
    {
        var sheet = Roster.Sheets[0];
        var numbers = sheet.Rows.Where(row => row.Number > 4 && row[4].Kind == CellKind.Number).Select(row => row[4]).ToList();
        Assert.Equal(31, numbers.Count);
        var october = numbers.Where(cell => Math.Abs(cell.Number * 100 % 100 - 10) < 0.01).ToList();
        Assert.NotEmpty(october);
        Assert.All(october, cell => Assert.Equal(10, CellDate.Read(cell).Date!.Value.Value.Month));
    }

    [Fact]
    public void Start_joining_and_confirmation_dates_are_complete()
    {
        var reading = PlantFiles.Open(Roster, PlantFiles.Roster);
        var (started, joined, confirmed) = (0, 0, 0);
        foreach (var row in reading.Rows())
        {
            if (row.Date("started") is not null) started++;
            var in_ = row.Date("joined");
            var full = row.Date("confirmed");
            if (in_ is not null) joined++;
            if (full is not null) confirmed++;
            if (in_ is { } a && full is { } b) Assert.True(b.Value > a.Value);
        }
        Assert.Equal((480, 190, 182), (started, joined, confirmed));
        Assert.Empty(reading.Errors.All);
    }

    [Fact]
    public void Phone_numbers_come_out_as_eleven_digits()
    {
        var reading = PlantFiles.Open(Roster, PlantFiles.Roster);
        var phones = reading.Rows().Select(row => row.Phone("phone")).ToList();
        Assert.Equal(5, phones.Count(phone => phone is null));
        Assert.All(phones.OfType<string>(), phone => Assert.Matches("^1990000[0-9]{4}$", phone));
        Assert.Empty(reading.Errors.All);
    }

    [Fact]
    public void Row_numbers_of_the_roster_are_known_as_formulas()
    {
        Assert.True(Roster.Sheets[0]["A5"].HasFormula);
        Assert.True(Roster.Sheets[0]["C485"].HasFormula);
        Assert.False(Roster.Sheets[0]["B5"].HasFormula);
    }

    [Fact]
    public void The_ledger_has_160_findings_and_every_date_can_be_read()
    {
        var reading = PlantFiles.Open(Ledger, PlantFiles.Ledger);
        Assert.Equal((3, 3), (reading.Mapping.FirstHeaderRow, reading.Mapping.LastHeaderRow));
        var (rows, done, dates, late) = (0, 0, 0, 0);
        foreach (var row in reading.Rows())
        {
            rows++;
            Assert.Equal($"YH-2025-{rows:000}", row.Code("code"));
            var read = new[] { "found", "due", "done", "verified" }.Select(row.Date).ToList();
            dates += read.Count(date => date is not null);
            Assert.All(read.OfType<PreciseDate>(), date => Assert.Equal(DatePrecision.Day, date.Precision));
            if (read[2] is null) continue;
            done++;
            if (read[2]!.Value.Value > read[1]!.Value.Value) late++;
        }
        Assert.Equal((160, 139, 17), (rows, done, late));
        Assert.Equal(350 + 50 + 77 + 55 + 55 + 8, dates);
        Assert.Empty(reading.Errors.All);
    }

    [Fact]
    public void Finders_are_read_with_their_numbers_alone_or_in_pairs()
    {
        var reading = PlantFiles.Open(Ledger, PlantFiles.Ledger);
        var pairs = new List<int>();
        foreach (var row in reading.Rows())
        {
            var finders = row.People("finders");
            Assert.All(finders, finder => Assert.Matches("^[0-9]{6}$", finder.Number));
            Assert.All(finders, finder => Assert.InRange(finder.Name.Length, 2, 4));
            if (finders.Count == 2) pairs.Add(row.Number);
            else Assert.Single(finders);
        }
        Assert.Equal([5, 6, 8, 10, 11, 31, 70, 71, 112, 114, 142, 144], pairs);
        Assert.Equal([new PersonName("谭喜林", "000232"), new PersonName("程志远", "000310")], PersonName.ReadAll(Ledger.Sheets[0]["I5"].ToString()));
    }

    [Fact]
    public void Line_breaks_inside_cells_are_kept()
    {
        Assert.All(new[] { "I5", "F26", "L46", "F60", "L78", "I114", "F116", "L135", "L137", "F138", "F147", "L147", "F152" },
            at => Assert.Contains('\n', Ledger.Sheets[0][at].ToString()));
        Assert.Contains('\n', PlantFiles.Open(Ledger, PlantFiles.Ledger).Rows().First(row => row.Number == 26).Text("what")!);
    }
}
