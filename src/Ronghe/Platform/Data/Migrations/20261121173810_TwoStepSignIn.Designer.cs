using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ronghe.Platform.Data.Migrations;

[DbContext(typeof(AppDb)), Migration("20261121173810_TwoStepSignIn")]
partial class TwoStepSignIn;
