using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ronghe.Platform.Data.Migrations
{
    /// <inheritdoc />
    public partial class ModelPosts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "model_post_criteria",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    company_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    sheet = table.Column<string>(type: "jsonb", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_model_post_criteria", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "model_posts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    company_id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    nominator_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    position = table.Column<string>(type: "text", nullable: false),
                    zone_id = table.Column<Guid>(type: "uuid", nullable: true),
                    statement = table.Column<string>(type: "text", nullable: false),
                    nominated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    agreed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    recommender_id = table.Column<Guid>(type: "uuid", nullable: true),
                    @checked = table.Column<string>(name: "checked", type: "jsonb", nullable: true),
                    notice_id = table.Column<Guid>(type: "uuid", nullable: true),
                    from_on = table.Column<DateOnly>(type: "date", nullable: true),
                    to_on = table.Column<DateOnly>(type: "date", nullable: true),
                    review_on = table.Column<DateOnly>(type: "date", nullable: true),
                    reviewed = table.Column<string>(type: "jsonb", nullable: true),
                    ended_on = table.Column<DateOnly>(type: "date", nullable: true),
                    renewals = table.Column<int>(type: "integer", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_model_posts", x => x.id);
                    table.ForeignKey(
                        name: "fk_model_posts_nodes_unit_id",
                        column: x => x.unit_id,
                        principalTable: "nodes",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_model_posts_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_model_posts_public_notices_notice_id",
                        column: x => x.notice_id,
                        principalTable: "public_notices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_model_posts_zones_zone_id",
                        column: x => x.zone_id,
                        principalTable: "zones",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "zone_assessments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    company_id = table.Column<Guid>(type: "uuid", nullable: false),
                    zone_id = table.Column<Guid>(type: "uuid", nullable: false),
                    year = table.Column<int>(type: "integer", nullable: false),
                    figures = table.Column<string>(type: "jsonb", nullable: false),
                    conclusion = table.Column<string>(type: "text", nullable: false),
                    improvement = table.Column<string>(type: "text", nullable: false),
                    by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_zone_assessments", x => x.id);
                    table.ForeignKey(
                        name: "fk_zone_assessments_people_by_id",
                        column: x => x.by_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_zone_assessments_zones_zone_id",
                        column: x => x.zone_id,
                        principalTable: "zones",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "model_post_activities",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    post_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    happened_on = table.Column<DateOnly>(type: "date", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    outcome = table.Column<string>(type: "text", nullable: false),
                    noted_by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    noted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_model_post_activities", x => x.id);
                    table.ForeignKey(
                        name: "fk_model_post_activities_model_posts_post_id",
                        column: x => x.post_id,
                        principalTable: "model_posts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "model_post_places",
                columns: table => new
                {
                    post_id = table.Column<Guid>(type: "uuid", nullable: false),
                    place_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_model_post_places", x => new { x.post_id, x.place_id });
                    table.ForeignKey(
                        name: "fk_model_post_places_model_posts_post_id",
                        column: x => x.post_id,
                        principalTable: "model_posts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_model_post_places_places_place_id",
                        column: x => x.place_id,
                        principalTable: "places",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "model_post_steps",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    post_id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    verb = table.Column<string>(type: "text", nullable: false),
                    to_state = table.Column<string>(type: "text", nullable: false),
                    by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    note = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_model_post_steps", x => x.id);
                    table.ForeignKey(
                        name: "fk_model_post_steps_model_posts_post_id",
                        column: x => x.post_id,
                        principalTable: "model_posts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_model_post_activities_post_id_happened_on",
                table: "model_post_activities",
                columns: new[] { "post_id", "happened_on" });

            migrationBuilder.CreateIndex(
                name: "ix_model_post_criteria_company_id_kind",
                table: "model_post_criteria",
                columns: new[] { "company_id", "kind" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_model_post_places_place_id",
                table: "model_post_places",
                column: "place_id");

            migrationBuilder.CreateIndex(
                name: "ix_model_post_steps_post_id_at",
                table: "model_post_steps",
                columns: new[] { "post_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_model_posts_company_id_nominated_at_id",
                table: "model_posts",
                columns: new[] { "company_id", "nominated_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_model_posts_notice_id",
                table: "model_posts",
                column: "notice_id");

            migrationBuilder.CreateIndex(
                name: "ix_model_posts_person_id",
                table: "model_posts",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_model_posts_unit_id_state",
                table: "model_posts",
                columns: new[] { "unit_id", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_model_posts_zone_id",
                table: "model_posts",
                column: "zone_id");

            migrationBuilder.CreateIndex(
                name: "model_posts_one_at_a_time",
                table: "model_posts",
                columns: new[] { "person_id", "kind" },
                unique: true,
                filter: "state not in ('Ended', 'Refused', 'Withdrawn')");

            migrationBuilder.CreateIndex(
                name: "ix_zone_assessments_by_id",
                table: "zone_assessments",
                column: "by_id");

            migrationBuilder.CreateIndex(
                name: "ix_zone_assessments_company_id_year",
                table: "zone_assessments",
                columns: new[] { "company_id", "year" });

            migrationBuilder.CreateIndex(
                name: "ix_zone_assessments_zone_id_year",
                table: "zone_assessments",
                columns: new[] { "zone_id", "year" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "model_post_activities");

            migrationBuilder.DropTable(
                name: "model_post_criteria");

            migrationBuilder.DropTable(
                name: "model_post_places");

            migrationBuilder.DropTable(
                name: "model_post_steps");

            migrationBuilder.DropTable(
                name: "zone_assessments");

            migrationBuilder.DropTable(
                name: "model_posts");
        }
    }
}
