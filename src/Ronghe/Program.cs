using Ronghe.Platform.Web;

var builder = WebApplication.CreateBuilder(args);
builder.AddRongheWeb();
var app = builder.Build();
app.UseRongheWeb();
app.MapRongheWeb();
app.Run();
