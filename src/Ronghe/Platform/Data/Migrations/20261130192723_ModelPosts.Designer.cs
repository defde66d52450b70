using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ronghe.Platform.Data.Migrations;

[DbContext(typeof(AppDb)), Migration("20261130192723_ModelPosts")]
partial class ModelPosts;
