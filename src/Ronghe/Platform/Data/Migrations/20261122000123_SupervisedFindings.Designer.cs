using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ronghe.Platform.Data.Migrations;

[DbContext(typeof(AppDb)), Migration("20261122000123_SupervisedFindings")]
partial class SupervisedFindings;
