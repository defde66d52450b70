using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ronghe.Platform.Data.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_links_from_kind_from_id_to_kind_to_id_relation",
                table: "links",
                columns: new[] { "from_kind", "from_id", "to_kind", "to_id", "relation" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_links_to_kind_to_id",
                table: "links",
                columns: new[] { "to_kind", "to_id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_links_from_kind_from_id_to_kind_to_id_relation",
                table: "links");

            migrationBuilder.DropIndex(
                name: "ix_links_to_kind_to_id",
                table: "links");
        }
    }
}
