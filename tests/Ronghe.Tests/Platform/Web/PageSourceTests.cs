using System.Text.RegularExpressions;

namespace Ronghe.Tests.Platform.Web;

/// <summary>What every page's source must keep to, so that the strict content policy and the icon sprite hold.</summary>
public partial class PageSourceTests
{
    static readonly string Product = Path.Combine(Source.Root, "src", "Ronghe");

    static IEnumerable<string> Files(string pattern) =>
        Directory.EnumerateFiles(Product, pattern, SearchOption.AllDirectories)
            .Where(f => !f.Contains("/node_modules/", StringComparison.Ordinal) && !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal));

    [Fact]
    public void No_page_has_inline_styles_or_scripts()
    {
        var guilty = from file in Files("*.cshtml")
                     from Match match in Inline().Matches(File.ReadAllText(file))
                     select $"{Path.GetFileName(file)}: {match.Value}";
        Assert.Empty(guilty);
    }

    [Fact]
    public void Every_icon_in_use_is_in_the_sprite()
    {
        var drawn = File.ReadAllLines(Path.Combine(Product, "Assets", "icons.txt")).ToHashSet();
        var missing = from file in Files("*.cshtml").Concat(Files("*.cs"))
                      from Match match in UsedIcon().Matches(File.ReadAllText(file))
                      from Group name in match.Groups.Values.Skip(1)
                      where name.Success && !drawn.Contains(name.Value)
                      select $"{Path.GetFileName(file)}: {name.Value}";
        Assert.Empty(missing.Distinct());
    }

    [Fact]
    public void Forms_that_name_their_address_ask_for_their_token()
    {
        var guilty = from file in Files("*.cshtml")
                     from Match match in PostForm().Matches(File.ReadAllText(file))
                     where match.Value.Contains(" action=", StringComparison.Ordinal) && !match.Value.Contains("asp-antiforgery", StringComparison.Ordinal)
                     select $"{Path.GetFileName(file)}: {match.Value}";
        Assert.Empty(guilty);
    }

    [GeneratedRegex("""\sstyle\s*=\s*["']|\son[a-z]+\s*=\s*["']|<style|<script(?![^>]*\ssrc=)|javascript:""", RegexOptions.IgnoreCase)]
    private static partial Regex Inline();

    [GeneratedRegex("""<r-icon name="([a-z0-9-]+)"|\sicon="([a-z0-9-]+)"|Icon(?:\.Write\(to|:| =),? "([a-z0-9-]+)"|new MenuEntry\("[^"]*", "[^"]*", "([^"]+)"|\] = \("([a-z-]+)", "\p{IsCJKUnifiedIdeographs}""")]
    private static partial Regex UsedIcon();

    [GeneratedRegex("""<form[^>]*method="post"[^>]*>""", RegexOptions.IgnoreCase)]
    private static partial Regex PostForm();
}
