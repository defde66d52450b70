using Npgsql;
using Ronghe.Organisation.Counts;

namespace Ronghe.Bench;

/// <summary>One company of 30 branches with 30 plants each, 50,431 units, 99,900 people, 1,000,000 findings, and a safety officer of one plant with a session.</summary>
sealed class Region(string owner)
{
    public const int Branches = 30, Plants = 900, DepartmentsPerPlant = 13, CrewsPerPlant = 42, PeoplePerPlant = 111, Findings = 1_000_000;

    /// <summary>
    /// Words of every frequency: 护栏 or 阀门, never both, in every third; 给煤机 in one of a hundred, 氢冷器 in twenty of all; 锅炉房 everywhere but
    /// in one plant, 外委施工 in the oldest third only.
    /// </summary>
    const string Description = """
        (array['护栏', '阀门', '电缆'])[1 + n % 3]
        || (array['本体', '支架', '接头', '法兰', '密封', '底座', '焊口', '螺栓', '盖板', '套管', '端子', '阀杆', '丝杆', '吊架', '爬梯', '平台'])[(1 + n::bigint * 7919 % 16)::int]
        || (array['松动', '开裂', '渗漏', '锈蚀', '缺失', '变形', '破损', '脱落', '积灰', '发热', '异响', '磨损', '堵塞', '倾斜', '断裂', '未封堵', '无标识'])[(1 + n::bigint * 104729 % 17)::int]
        || case when n % 101 = 0 then '，给煤机处' when n % 1009 = 0 then '，励磁间' when n % 49999 = 0 then '，氢冷器' else '' end
        || case when n > 700000 then '，外委施工' else '' end || case when n % 900 = 449 then '，水轮机层' else '，锅炉房' end || '，第 ' || n || ' 条'
        """;

    public Guid Plant { get; private set; }
    public Guid Company { get; private set; }
    public Guid Crew { get; private set; }
    public Guid SessionId { get; } = Guid.CreateVersion7();
    public Guid AccountId { get; } = Guid.CreateVersion7();

    /// <summary>After <see cref="DivideAsync"/>: a region between the company and half of its branches.</summary>
    public Guid Part { get; private set; }
    public const int UnitsOfPart = 1 + Branches / 2 * (1 + Plants / Branches * (1 + DepartmentsPerPlant + CrewsPerPlant));
    public Guid PartSessionId { get; } = Guid.CreateVersion7();
    public Guid PartAccountId { get; } = Guid.CreateVersion7();

    public async Task FillAsync()
    {
        await Sql.RunAsync(owner, $"""
            create function bench_id(kind int, n int) returns uuid immutable language sql as $$
                select ('00000000-0000-7' || lpad(to_hex(kind), 3, '0') || '-8000-' || lpad(to_hex(n), 12, '0'))::uuid $$;
            insert into nodes (id, version, company_id, code, name, parent_id, position, tree, kind, head_text, search_tokens)
                select bench_id(1, 0), 1, bench_id(1, 0), 'R', '集团', null, 0, 'unit', 'Company', '', '{"{}"}'::text[]
                union all select bench_id(7, b), 1, bench_id(1, 0), 'B' || b, '分公司' || b, bench_id(1, 0), b, 'unit', 'Company', '', '{"{}"}' from generate_series(1, {Branches}) b
                union all select bench_id(2, p), 1, bench_id(1, 0), 'P' || p, '电厂' || p, bench_id(7, 1 + p % {Branches}), p, 'unit', 'Plant', '', '{"{}"}' from generate_series(1, {Plants}) p
                union all select bench_id(3, p * 100 + d), 1, bench_id(1, 0), 'D' || p || '-' || d, '部门' || d, bench_id(2, p), d, 'unit', 'Department', '', '{"{}"}'
                    from generate_series(1, {Plants}) p, generate_series(1, {DepartmentsPerPlant}) d
                union all select bench_id(4, p * 100 + c), 1, bench_id(1, 0), 'C' || p || '-' || c, '班组' || c, bench_id(3, p * 100 + 1 + c % {DepartmentsPerPlant}), c, 'unit', 'Crew', '', '{"{}"}'
                    from generate_series(1, {Plants}) p, generate_series(1, {CrewsPerPlant}) c;
            insert into node_closure (ancestor_id, descendant_id, depth)
                with recursive up(ancestor, descendant, depth) as (
                    select id, id, 0 from nodes union all
                    select n.parent_id, up.descendant, up.depth + 1 from up join nodes n on n.id = up.ancestor where n.parent_id is not null)
                select * from up;
            insert into people (id, version, company_id, number, name, unit_id, gender, ethnicity, position, job_title, employment_kind, education, qualification, political_status, phone, search_tokens)
                select bench_id(5, p * 1000 + k), 1, bench_id(1, 0), lpad((p * 1000 + k)::text, 6, '0'), '员工' || k, bench_id(4, p * 100 + 1 + k % {CrewsPerPlant}),
                    '男', '汉族', '值班员', '', '劳动合同制', '本科', '', 'Masses', '', '{"{}"}'
                from generate_series(1, {Plants}) p, generate_series(1, {PeoplePerPlant}) k;
            insert into findings (id, version, company_id, number, description, source, is_urgent, place_text, found_at, reported_at, reporter_id, co_reporter_ids, unit_id, status, grade, grade_basis,
                    rectifier_id, due_on, duty, standard, measure, extensions, escalation_level, reopenings)
                select bench_id(6, n), 1, bench_id(1, 0), 'YH-' || n, {Description}, 'Routine', false, '锅炉 8 米层',
                    now() - n * interval '31 seconds', now() - n * interval '31 seconds',
                    bench_id(5, (1 + n % {Plants}) * 1000 + 1 + n % 20), '{"{}"}',
                    bench_id(4, (1 + n % {Plants}) * 100 + 1 + (n / {Plants}) % {CrewsPerPlant}),
                    (array['Reported', 'Assigned', 'Assigned', 'Rectified', 'Verified', 'Closed', 'Closed', 'Closed', 'Closed', 'Closed'])[1 + (n / {Plants} + n) % 10], 'General', '',
                    bench_id(5, (1 + n % {Plants}) * 1000 + 1 + (n / 7) % 20), current_date - 15 + n / 11 % 60, '', '无位移', '补焊', 0, 0, 0
                from generate_series(1, {Findings}) n;
            select fold_unit_counts(null);
            analyze;
            """);
        await using (var db = AppDb.Open(owner)) await new CountKeeping(db, TimeProvider.System).SettleAsync();
        // As the server does by itself a minute later: half a million changes have just been added up.
        await Sql.RunAsync(owner, "vacuum unit_count_changes");
        await using var connection = new NpgsqlConnection(owner);
        await connection.OpenAsync();
        (Company, Plant, Crew) = (await IdAsync(connection, 1, 0), await IdAsync(connection, 2, 450), await IdAsync(connection, 4, 45001));
        await OfficerAsync(connection, AccountId, SessionId, 450001, Plant);
    }

    /// <summary>Puts half of the branches under a region of its own, with an officer.</summary>
    public async Task DivideAsync()
    {
        await using var connection = new NpgsqlConnection(owner);
        await connection.OpenAsync();
        Part = await IdAsync(connection, 8, 1);
        await Sql.RunAsync(owner, $"""
            insert into nodes (id, version, company_id, code, name, parent_id, position, tree, kind, head_text, search_tokens)
                values (bench_id(8, 1), 1, bench_id(1, 0), 'G1', '区域一', bench_id(1, 0), 1, 'unit', 'Company', '', '{"{}"}');
            update nodes set parent_id = bench_id(8, 1) where id in (select bench_id(7, b) from generate_series(1, {Branches / 2}) b);
            with below as (select descendant_id id, depth from node_closure where ancestor_id in (select bench_id(7, b) from generate_series(1, {Branches / 2}) b)),
                lower as (update node_closure c set depth = c.depth + 1 from below where c.ancestor_id = bench_id(1, 0) and c.descendant_id = below.id)
            insert into node_closure (ancestor_id, descendant_id, depth)
                select bench_id(8, 1), id, depth + 1 from below union all values (bench_id(8, 1), bench_id(8, 1), 0), (bench_id(1, 0), bench_id(8, 1), 1);
            """);
        await OfficerAsync(connection, PartAccountId, PartSessionId, 1001, Part);
    }

    static async Task<Guid> IdAsync(NpgsqlConnection connection, int kind, int n)
    {
        await using var command = new NpgsqlCommand($"select bench_id({kind}, {n})", connection);
        return (Guid)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Appointed for one node, signed in: the session is a row, as after a real sign-in.</summary>
    static async Task OfficerAsync(NpgsqlConnection connection, Guid account, Guid session, int person, Guid node)
    {
        await using var command = new NpgsqlCommand("""
            insert into accounts (id, person_id, user_name, normalized_user_name, created_at, email_confirmed, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count, security_stamp)
                values (@account, bench_id(5, @person), 'bench' || @person, 'BENCH' || @person, now(), false, false, false, false, 0, 'x');
            insert into appointments (id, version, company_id, person_id, node_id, post, from_on) values (gen_random_uuid(), 1, bench_id(1, 0), bench_id(5, @person), @node, 'safety-officer', '2020-01-01');
            insert into sign_in_sessions (id, account_id, started_at, expires_at, device, address) values (@session, @account, now(), now() + interval '1 day', 'bench', '');
            """, connection);
        command.Parameters.AddWithValue("account", account);
        command.Parameters.AddWithValue("person", person);
        command.Parameters.AddWithValue("node", node);
        command.Parameters.AddWithValue("session", session);
        await command.ExecuteNonQueryAsync();
    }
}
