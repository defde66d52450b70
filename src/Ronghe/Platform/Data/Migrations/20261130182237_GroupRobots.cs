using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ronghe.Platform.Data.Migrations
{
    /// <inheritdoc />
    public partial class GroupRobots : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "group_robots",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    company_id = table.Column<Guid>(type: "uuid", nullable: false),
                    node_id = table.Column<Guid>(type: "uuid", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    platform = table.Column<string>(type: "text", nullable: false),
                    origin = table.Column<string>(type: "text", nullable: false),
                    address_hint = table.Column<string>(type: "text", nullable: false),
                    address_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    token = table.Column<byte[]>(type: "bytea", nullable: false),
                    secret = table.Column<byte[]>(type: "bytea", nullable: true),
                    home = table.Column<string>(type: "text", nullable: false),
                    kinds = table.Column<string[]>(type: "text[]", nullable: false),
                    is_gathered = table.Column<bool>(type: "boolean", nullable: false),
                    shows_places = table.Column<bool>(type: "boolean", nullable: false),
                    quiet_from = table.Column<TimeOnly>(type: "time without time zone", nullable: false),
                    quiet_to = table.Column<TimeOnly>(type: "time without time zone", nullable: false),
                    digest_at = table.Column<TimeOnly>(type: "time without time zone", nullable: false),
                    is_on = table.Column<bool>(type: "boolean", nullable: false),
                    removed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_group_robots", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "robot_paces",
                columns: table => new
                {
                    address_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    recent = table.Column<DateTimeOffset[]>(type: "timestamp with time zone[]", nullable: false),
                    free_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_robot_paces", x => x.address_hash);
                });

            migrationBuilder.CreateTable(
                name: "robot_conditions",
                columns: table => new
                {
                    robot_id = table.Column<Guid>(type: "uuid", nullable: false),
                    last_digest_on = table.Column<DateOnly>(type: "date", nullable: true),
                    last_sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    stopped_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    stopped_why = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_robot_conditions", x => x.robot_id);
                    table.ForeignKey(
                        name: "fk_robot_conditions_group_robots_robot_id",
                        column: x => x.robot_id,
                        principalTable: "group_robots",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "robot_messages",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    robot_id = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    count = table.Column<int>(type: "integer", nullable: false),
                    place_code = table.Column<string>(type: "text", nullable: true),
                    href = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    next_try_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    taken_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    tries = table.Column<int>(type: "integer", nullable: false),
                    faults = table.Column<int>(type: "integer", nullable: false),
                    sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    answer_code = table.Column<int>(type: "integer", nullable: true),
                    answer = table.Column<string>(type: "text", nullable: true),
                    digest_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_robot_messages", x => x.id);
                    table.ForeignKey(
                        name: "fk_robot_messages_group_robots_robot_id",
                        column: x => x.robot_id,
                        principalTable: "group_robots",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_group_robots_company_id",
                table: "group_robots",
                column: "company_id");

            migrationBuilder.CreateIndex(
                name: "ix_group_robots_node_id",
                table: "group_robots",
                column: "node_id");

            migrationBuilder.CreateIndex(
                name: "ix_robot_messages_robot_id_at_id",
                table: "robot_messages",
                columns: new[] { "robot_id", "at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_robot_messages_robot_id_key",
                table: "robot_messages",
                columns: new[] { "robot_id", "key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "robot_messages_gathered",
                table: "robot_messages",
                column: "robot_id",
                filter: "state = 'Gathered'");

            migrationBuilder.CreateIndex(
                name: "robot_messages_waiting",
                table: "robot_messages",
                column: "next_try_at",
                filter: "state = 'Waiting'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "robot_conditions");

            migrationBuilder.DropTable(
                name: "robot_messages");

            migrationBuilder.DropTable(
                name: "robot_paces");

            migrationBuilder.DropTable(
                name: "group_robots");
        }
    }
}
