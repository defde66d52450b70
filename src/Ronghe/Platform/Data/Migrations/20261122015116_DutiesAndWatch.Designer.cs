using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ronghe.Platform.Data.Migrations;

[DbContext(typeof(AppDb)), Migration("20261122015116_DutiesAndWatch")]
partial class DutiesAndWatch;
