using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Ronghe.Platform.Spreadsheets;
using Ronghe.Tests.Platform.Spreadsheets;

namespace Ronghe.Tests.Organisation.Imports;

/// <summary>Whatever somebody sends as a spreadsheet gets a clear answer, and nothing of a refused file is kept.</summary>
public class ImportFilesTests(TestApp app) : IClassFixture<TestApp>
{
    static readonly byte[] Roster = Uploads.Csv("工号,姓名,部门", "009001,甲一,发电一部");

    static byte[] Bomb() => HandMade.Xlsx(HandMade.Repeated(HandMade.SheetStart, "<row r=\"1\"/>", 10_000_000, HandMade.SheetEnd)).ToArray();

    public static TheoryData<string, string, string> Wrong => new()
    {
        { "空的", "名单.xlsx", "文件是空的" },
        { "损坏", "名单.xlsx", "文件已损坏" },
        { "压缩炸弹", "名单.xlsx", "解压后大得异常" },
        { "网页", "名单.xls", "内容却是网页" },
        { "照片", "名单.xlsx", "内容却是图片" },
        { "文档", "通知.docx", "不支持 .docx 文件" },
        { "没有表", "名单.csv", "没有任何数据" },
    };

    static byte[] Content(string what) => what switch
    {
        "空的" => [],
        "损坏" => EditedFile.Whole("roster.xlsx").ToArray()[..30_000],
        "压缩炸弹" => Bomb(),
        "网页" => "<html><table><tr><td>1</td></tr></table></html>"u8.ToArray(),
        "照片" => [0xFF, 0xD8, 0xFF, 0xE0, .. new byte[100]],
        "文档" => "PK\u0003\u0004"u8.ToArray(),
        _ => "\n,,\n"u8.ToArray(),
    };

    Task<(int Runs, int Files)> KeptAsync() => app.InDatabase(async db => (await db.ImportRuns.CountAsync(), await db.Files.CountAsync()));

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_file_that_cannot_be_read_is_refused_beside_its_field_and_not_kept(string what, string name, string words)
    {
        var feng = await app.SignInAs(app.World.Feng);
        var before = await KeptAsync();
        var id = Guid.CreateVersion7();
        var answer = await feng.UploadAsync("people", Content(what), name, id);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await answer.PageAsync();
        var message = page.QuerySelector("#file-error")!.TextContent;
        Assert.Contains(words, message);
        Assert.Contains("没有导入任何数据", message);
        Assert.Equal(id.ToString(), page.QuerySelector("main input[name=Id]")!.GetAttribute("value"));
        Assert.Equal(before, await KeptAsync());
        Assert.Equal(HttpStatusCode.Redirect, (await feng.UploadAsync("people", Roster, "名单.csv", id)).StatusCode);
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_program_gets_the_same_answer_as_problem_details(string what, string name, string words)
    {
        var program = await app.ProgramOf(app.World.Feng);
        var before = await KeptAsync();
        var answer = await program.PostFileAsync("people", Content(what), name);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        var problem = await answer.JsonAsync();
        Assert.Contains(words, problem.GetProperty("title").GetString());
        Assert.Equal("file", problem.GetProperty("field").GetString());
        Assert.Equal(before, await KeptAsync());
    }

    [Fact]
    public async Task A_file_above_the_limit_that_still_fits_the_request_is_refused_with_its_size()
    {
        var feng = await app.SignInAs(app.World.Feng);
        var answer = await feng.UploadAsync("people", new byte[(20 << 20) + 1], "名单.xlsx");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("超过了 20 MB 的上限", (await answer.PageAsync()).QuerySelector("#file-error")!.TextContent);
    }

    [Theory]
    [InlineData("/imports/new?kind=people")]
    [InlineData("/api/v1/imports")]
    public async Task Two_hundred_megabytes_are_turned_away_before_they_are_read(string address)
    {
        var feng = await app.SignInAs(app.World.Feng);
        var before = await KeptAsync();
        using var content = new StreamContent(new Zeros(200 << 20));
        content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=x");
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
        request.Headers.Add(Ronghe.Platform.Security.ApiForms.Header, await feng.TokenAsync("/me"));
        var answer = await feng.SendAsync(request);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Matches("(?s)超过.*大小.*没有保存", await answer.Content.ReadAsStringAsync());
        Assert.Equal(before, await KeptAsync());
    }

    [Fact]
    public async Task An_old_workbook_and_a_csv_in_the_local_encoding_are_read()
    {
        var feng = await app.SignInAs(app.World.Feng);
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var gbk = Encoding.GetEncoding("GB18030").GetBytes("工号,姓名,部门\r\n009002,欧阳靖,发电一部\r\n009003,㐂某,没有的部\r\n");
        var page = await feng.ReadAsync(await feng.StartAsync("people", gbk, "花名册.csv"));
        Assert.Contains("没有部门“没有的部”", page.Body!.TextContent);
        Assert.Contains("例如 欧阳靖、㐂某", page.Body!.TextContent);

        var xls = await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "Platform", "Spreadsheets", "Fixtures", "staff.xls"), TestContext.Current.CancellationToken);
        var at = await feng.StartAsync("people", xls, "staff.xls");
        var marked = await feng.GetAsync($"{at}?handler=Marked");
        Assert.Equal("staff-问题标注.xlsx", marked.Content.Headers.ContentDisposition!.FileNameStar);
        using var file = new MemoryStream(await marked.Content.ReadAsByteArrayAsync());
        Assert.Contains(WorkbookReader.Read(file, "x.xlsx").Sheets, sheet => sheet.Name == "错误清单");
    }

    [Fact]
    public async Task Without_a_file_or_with_an_unknown_kind_it_says_so()
    {
        var feng = await app.SignInAs(app.World.Feng);
        var answer = await feng.SubmitAsync("/imports/new?kind=people", form: "main form");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("请选择要导入的文件", (await answer.PageAsync()).QuerySelector("#file-error")!.TextContent);
        Assert.Equal(HttpStatusCode.Forbidden, (await feng.GetAsync("/imports/new?kind=nothing")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await (await app.ProgramOf(app.World.Feng)).PostFileAsync("nothing", Roster, "x.csv")).StatusCode);
    }

    /// <summary>So many zeros, none of them in memory.</summary>
    sealed class Zeros(long length) : Stream
    {
        long _given;

        public override bool CanRead => true;
        public override bool CanSeek => true;
        public override bool CanWrite => false;
        public override long Length => length;
        public override long Position { get => _given; set => _given = value; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(count, length - _given);
            _given += read;
            return read;
        }

        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => _given = offset;
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
