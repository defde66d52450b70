using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ronghe.Platform.Data.Migrations
{
    /// <inheritdoc />
    public partial class Tasks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "tasks",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    company_id = table.Column<Guid>(type: "uuid", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    requirement = table.Column<string>(type: "text", nullable: false),
                    unit_id = table.Column<Guid>(type: "uuid", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    giver_id = table.Column<Guid>(type: "uuid", nullable: true),
                    confirmer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    due_on = table.Column<DateOnly>(type: "date", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    given_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    reported_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    confirmed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    extensions = table.Column<int>(type: "integer", nullable: false),
                    returns = table.Column<int>(type: "integer", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tasks", x => x.id);
                    table.ForeignKey(
                        name: "fk_tasks_nodes_unit_id",
                        column: x => x.unit_id,
                        principalTable: "nodes",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_tasks_people_confirmer_id",
                        column: x => x.confirmer_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_tasks_people_owner_id",
                        column: x => x.owner_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "task_steps",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    task_id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    verb = table.Column<string>(type: "text", nullable: false),
                    to_state = table.Column<string>(type: "text", nullable: false),
                    by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    note = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_task_steps", x => x.id);
                    table.ForeignKey(
                        name: "fk_task_steps_tasks_task_id",
                        column: x => x.task_id,
                        principalTable: "tasks",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_task_steps_task_id_at",
                table: "task_steps",
                columns: new[] { "task_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_tasks_company_id_given_at_id",
                table: "tasks",
                columns: new[] { "company_id", "given_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_tasks_confirmer_id",
                table: "tasks",
                column: "confirmer_id",
                filter: "state = 'Reported'");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_giver_id",
                table: "tasks",
                column: "giver_id");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_owner_id",
                table: "tasks",
                column: "owner_id");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_unit_id_given_at_id",
                table: "tasks",
                columns: new[] { "unit_id", "given_at", "id" });

            migrationBuilder.CreateIndex(
                name: "tasks_due",
                table: "tasks",
                columns: new[] { "company_id", "due_on" },
                filter: "state in ('Given', 'Doing')");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "task_steps");

            migrationBuilder.DropTable(
                name: "tasks");
        }
    }
}
