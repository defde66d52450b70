using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Parts;

namespace Ronghe.Tests.Platform.Web;

public class PartTests
{
    const string Attack = "<script>alert(1)</script>\" onmouseover=\"alert(2)";

    sealed record Row(string Title, string Place, long? Count, DateOnly? Due);

    static string Written(IHtmlContent content)
    {
        using var writer = new StringWriter();
        content.WriteTo(writer, HtmlEncoder.Default);
        return writer.ToString();
    }

    [Fact]
    public void A_table_encodes_whatever_its_rows_say()
    {
        var table = Table.Of([new Row(Attack, Attack, 3, null)], r => "/x?q=" + r.Title)
            .Check("ids", r => r.Title, r => r.Title)
            .Main(Attack, r => r.Title, r => r.Place, "map-pin")
            .Text("地点", r => r.Place, Attack)
            .Cell("全部", (cell, r) => cell.Alert(r.Title).Muted(r.Title).Strong(r.Title).Link(r.Title, r.Title).Button(r.Title, r.Title).Badge(r.Title, r.Title, r.Title).Icon(r.Title, r.Title))
            .RowClass(r => r.Title);
        var html = Written(table);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("\" onmouseover", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_carries_one_link_and_every_cell_its_header_for_the_phone()
    {
        var html = Written(Table.Of([new Row("a", "b", null, null)], _ => "/findings/1").Main("What", r => r.Title).Text("Where", r => r.Place).Number("How many", r => r.Count));
        Assert.Contains("<a class=\"t\" href=\"/findings/1\">a</a>", html, StringComparison.Ordinal);
        Assert.Contains("<td data-label=\"Where\">b</td>", html, StringComparison.Ordinal);
        Assert.Contains("<td class=\"num\" data-label=\"How many\"></td>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Dates_leave_out_only_the_current_year()
    {
        var table = Table.Of([new Row("", "", null, new(2026, 11, 20)), new Row("", "", null, new(2025, 12, 30))]).Day("Due", r => r.Due);
        table.Year = 2026;
        var html = Written(table);
        Assert.Contains(">11-20<", html, StringComparison.Ordinal);
        Assert.Contains(">2025-12-30<", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Times_are_said_in_the_plants_zone() =>
        Assert.Equal("11-20 09:12", new DateTimeOffset(2026, 11, 20, 1, 12, 0, TimeSpan.Zero).Say(2026));

    [Fact]
    public void A_badge_of_an_unknown_status_still_shows_icon_and_word()
    {
        using var writer = new StringWriter();
        Badge.Write(new Markup(writer, HtmlEncoder.Default), "nowhere", "word");
        Assert.Contains("class=\"badge neutral\"", writer.ToString(), StringComparison.Ordinal);
        Assert.Contains("<use href=", writer.ToString(), StringComparison.Ordinal);
        Assert.Contains("word", writer.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/findings", "/findings")]
    [InlineData("/findings/7/print", "/findings")]
    [InlineData("/findings/board", "/findings/board")]
    [InlineData("/findings-of-others", null)]
    [InlineData("/", "/")]
    public void The_menu_marks_the_longest_line_that_fits(string path, string? expected)
    {
        MenuEntry[] menu = [new("", "a", "home", "/"), new("b", "c", "home", "/findings"), new("b", "d", "home", "/findings/board")];
        Assert.Equal(expected, MenuEntry.Current(menu, path)?.Href);
    }
}
