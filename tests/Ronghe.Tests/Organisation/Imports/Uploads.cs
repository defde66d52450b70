using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AngleSharp.Dom;
using Ronghe.Platform.Security;
using Ronghe.Platform.Spreadsheets;

namespace Ronghe.Tests.Organisation.Imports;

/// <summary>Files on their way in, through the page and through the API.</summary>
static class Uploads
{
    public static byte[] Csv(params string[] lines) => Encoding.UTF8.GetBytes(string.Join('\n', lines));

    /// <summary>One sheet: a title, headings, rows; cells are divided by |.</summary>
    public static byte[] Xlsx(string sheet, string headings, params string[] rows)
    {
        var bytes = new MemoryStream();
        using (var writer = new SheetWriter(bytes))
        {
            writer.Sheet(sheet, [.. headings.Split('|').Select(heading => new SheetColumn(heading))], sheet);
            foreach (var row in rows)
            {
                var cells = writer.Row();
                foreach (var text in row.Split('|')) cells.Text(text);
            }
        }
        return bytes.ToArray();
    }

    public static byte[] Bytes(this MemoryStream stream) => stream.ToArray();

    /// <summary>Chooses the file on the page and sends it.</summary>
    public static async Task<HttpResponseMessage> UploadAsync(this Visitor visitor, string kind, byte[] file, string name, Guid? id = null)
    {
        var page = await visitor.ReadAsync($"/imports/new?kind={kind}");
        string Value(string field) => page.QuerySelector<AngleSharp.Html.Dom.IHtmlInputElement>($"main input[name={field}]")!.Value;
        return await visitor.SendAsync(new(HttpMethod.Post, $"/imports/new?kind={kind}")
        {
            Content = Form(file, name, ("Id", id?.ToString() ?? Value("Id")), ("Kind", kind), ("__RequestVerificationToken", Value("__RequestVerificationToken"))),
        });
    }

    /// <summary>Uploads and follows to the run's page.</summary>
    public static async Task<string> StartAsync(this Visitor visitor, string kind, byte[] file, string name)
    {
        var answer = await visitor.UploadAsync(kind, file, name);
        Assert.True(answer.StatusCode == HttpStatusCode.Redirect, answer.StatusCode == HttpStatusCode.Redirect ? "" : await answer.TextAsync());
        return answer.Headers.Location!.ToString();
    }

    public static async Task<HttpResponseMessage> PostFileAsync(this Visitor program, string kind, byte[] file, string name, Guid? id = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/imports") { Content = id is null ? Form(file, name, ("kind", kind)) : Form(file, name, ("kind", kind), ("id", id.ToString()!)) };
        if (program.Bearer is null) request.Headers.Add(ApiForms.Header, await program.TokenAsync("/me"));
        return await program.SendAsync(request);
    }

    public static MultipartFormDataContent Form(byte[] file, string name, params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var (field, value) in fields) form.Add(new StringContent(value), field);
        var content = new ByteArrayContent(file);
        content.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = "\"file\"", FileName = $"\"{name}\"", FileNameStar = name };
        form.Add(content);
        return form;
    }
}
