using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ronghe.Platform.Data.Migrations;

[DbContext(typeof(AppDb)), Migration("20261130185120_Risks")]
partial class Risks;
