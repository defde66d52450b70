using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace Ronghe.Platform.Web.Parts;

/// <summary>Writes HTML straight into the response: constants as they are, everything else encoded.</summary>
public readonly struct Markup(TextWriter writer, HtmlEncoder encoder)
{
    public Markup Raw([ConstantExpected] string markup)
    {
        writer.Write(markup);
        return this;
    }

    public Markup Text(string? text)
    {
        if (!string.IsNullOrEmpty(text)) encoder.Encode(writer, text);
        return this;
    }

    public Markup Number(long number)
    {
        writer.Write(number.ToString(CultureInfo.InvariantCulture));
        return this;
    }

    public Markup Put(IHtmlContent? content)
    {
        content?.WriteTo(writer, encoder);
        return this;
    }

    /// <summary>An attribute with its value; nothing at all when the value is null.</summary>
    public Markup Attribute([ConstantExpected] string name, string? value)
    {
        if (value is null) return this;
        writer.Write(' ');
        writer.Write(name);
        writer.Write("=\"");
        encoder.Encode(writer, value);
        writer.Write('"');
        return this;
    }

    /// <summary>An attribute that is either there or not.</summary>
    public Markup Flag([ConstantExpected] string name, bool on)
    {
        if (!on) return this;
        writer.Write(' ');
        writer.Write(name);
        return this;
    }
}
